package dev.mintlog.edge.proof.token;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets the login application in: a bearer access token (RFC 6750) of our own issuer, RFC 9068, with the scope {@value
 * #SCOPE}. Thread-safe.
 */
public final class LoginAccess {
  public static final String SCOPE = "mintlog.login";
  public static final String AUDIENCE = "mintlog";

  private final AccessTokenVerifier tokens;

  public LoginAccess(AccessTokenVerifier tokens) {
    this.tokens = tokens;
  }

  /**
   * The client that the token was issued to. Refusals have the statuses and codes of RFC 6750 §3.1.
   *
   * @param authorization the Authorization header
   */
  public Checked<RegisteredClient> check(RegistrySnapshot registry, String tenant, Optional<String> authorization,
      Instant now) {
    return BearerToken.ofHeader(authorization)
        .then(token -> tokens.verify(registry, tenant, token, now))
        .then(token -> judge(registry, tenant, token));
  }

  private static Checked<RegisteredClient> judge(RegistrySnapshot registry, String tenant, AccessToken token) {
    // RFC 8705 §3: "the protected resource MUST obtain, from its TLS implementation layer, the client certificate used
    // for mutual TLS and MUST verify that the certificate matches"; nobody proves a key on the internal port.
    if (token.isBoundToAKey()) {
      return invalid("expected a bearer token, but found one that is bound to a key");
    }
    if (!token.audience().contains(AUDIENCE)) {
      return invalid("expected an access token for " + AUDIENCE + ", but found another");
    }
    if (!token.scopes().contains(SCOPE)) {
      return insufficient();
    }
    // What was taken from the client since takes effect at once.
    Optional<RegisteredClient> client =
        registry.client(tenant, token.clientId()).filter(found -> found.client().enabled());
    if (client.isEmpty()) {
      return invalid("expected an access token of an enabled client, but found another");
    }
    return client.get().client().allowedScopes().contains(SCOPE) ? Checked.accepted(client.get()) : insufficient();
  }

  private static Checked<RegisteredClient> invalid(String description) {
    return Checked.refused(AccessTokenVerifier.invalidToken(description));
  }

  private static Checked<RegisteredClient> insufficient() {
    return Checked.refused(new Refusal(403, "insufficient_scope", "expected the scope " + SCOPE, 0));
  }
}
