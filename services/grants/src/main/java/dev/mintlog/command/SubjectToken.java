package dev.mintlog.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The {@code subject_token} of a token exchange, RFC 8693 §2.1: what is verified of it. The token itself stays at the edge.
 *
 * @param authorization what it was issued on; empty for a token without authorization (client_credentials)
 * @param clientId the client it was issued to
 * @param scopes its scopes; empty for an ID token, which has none: the consent's count
 * @param audience who it is for; empty for an ID token
 * @param actors who acted for its subject already, the last one first, §4.1
 * @param mayAct the party that it lets act for its subject, §4.4; empty where it does not say
 */
public record SubjectToken(
    Optional<AuthorizationId> authorization,
    String clientId,
    String subject,
    Optional<Scopes> scopes,
    List<String> audience,
    Instant issuedAt,
    Instant expiresAt,
    List<String> actors,
    Optional<String> mayAct) {
  public SubjectToken {
    audience = List.copyOf(audience);
    actors = List.copyOf(actors);
  }
}
