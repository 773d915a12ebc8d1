package dev.mintlog.edge.http.inspection;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.AccessTokenClaims;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.edge.proof.token.AccessToken;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What an access token that is a handle says: what a JWT in its place would have said. */
final class ReferencedToken {
  private ReferencedToken() {}

  /** @return empty where the authorization does not stand, or the token has ended */
  static Optional<AccessToken> find(Authorization authorization, int number, Instant now) {
    return authorization.state() instanceof Active active
        ? active.references().find(number, now).map(terms -> token(authorization, active, terms))
        : Optional.empty();
  }

  private static AccessToken token(Authorization authorization, Active active, GrantTerms terms) {
    Map<String, Object> claims = AccessTokenClaims.of(active.clientId(), terms, active.consentOfUser());
    if (!terms.details().isEmpty()) {
      claims.put(Introspection.DETAILS,
          terms.details().stream().map(detail -> new JsonObject(detail.json()).getMap()).toList());
    }
    new JsonObject(terms.claims().json()).forEach(claim -> claims.putIfAbsent(claim.getKey(), claim.getValue()));
    return new AccessToken(Optional.of(authorization.id()), active.clientId(), terms.subject(), terms.audience(),
        terms.scopes(), terms.issuedAt(), claims);
  }
}
