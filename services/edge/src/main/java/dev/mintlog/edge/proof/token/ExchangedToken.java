package dev.mintlog.edge.proof.token;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token of our own that is presented at a token exchange, verified: signature, type, issuer, times, and that its client
 * is enabled.
 *
 * @param scopes empty for an ID token, which has none
 * @param actors {@code act}, the last one first
 * @param mayAct {@code sub} of {@code may_act}
 */
public record ExchangedToken(Optional<AuthorizationId> authorization, String clientId, String subject,
    Optional<Scopes> scopes, List<String> audience, Instant issuedAt, Instant expiresAt, List<String> actors,
    Optional<String> mayAct) {
  public ExchangedToken {
    audience = List.copyOf(audience);
    actors = List.copyOf(actors);
  }
}
