package dev.mintlog.edge.proof.token;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Scopes;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An access token of our own, RFC 9068, verified: signature, issuer and times. Whether it was revoked since, the state of
 * its authorization says.
 *
 * @param authorization what it was issued on; empty for a token that has no authorization (client_credentials)
 * @param clientId the client it was issued to
 * @param audience who it is for
 * @param claims all of its claims, as JSON values; the others here are read from them
 */
public record AccessToken(
    Optional<AuthorizationId> authorization,
    String clientId,
    String subject,
    List<String> audience,
    Scopes scopes,
    Instant issuedAt,
    Map<String, Object> claims) {

  public AccessToken {
    audience = List.copyOf(audience);
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** Whether it was given for another token, RFC 8693: then the authorization may be another client's. */
  public boolean isExchanged() {
    return claims.get("jti") instanceof String jti && jti.endsWith(GrantTerms.EXCHANGED);
  }

  /** RFC 7800 §3.1: whether it is good only together with a proof of a key. */
  public boolean isBoundToAKey() {
    return claims.containsKey("cnf");
  }

  /** The key that it is bound to; empty where it is bound to none, or in a way that is not known here. */
  public Optional<Confirmation> confirmation() {
    if (!(claims.get("cnf") instanceof Map<?, ?> members) || members.size() != 1) {
      return Optional.empty();
    }
    return Confirmation.Method.ofMember(String.valueOf(members.keySet().iterator().next()))
        .filter(method -> members.get(method.member()) instanceof String text && Confirmation.isThumbprint(text))
        .map(method -> new Confirmation(method, (String) members.get(method.member())));
  }

  @Override
  public String toString() {
    return "AccessToken[jti " + claims.get("jti") + "]";
  }
}
