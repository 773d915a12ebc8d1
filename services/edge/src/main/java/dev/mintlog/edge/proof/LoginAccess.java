package dev.mintlog.edge.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

/**
 * Lets the login application in: a bearer access token (RFC 6750) of our own issuer, RFC 9068, with the scope {@value
 * #SCOPE}. Thread-safe.
 */
public final class LoginAccess {
  public static final String SCOPE = "mintlog.login";
  public static final String AUDIENCE = "mintlog";

  /** Another edge may have stamped the token, and its clock may be ahead of ours. */
  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(1);

  private static final String SCHEME = "Bearer ";
  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final TokenVerifiers verifiers = new TokenVerifiers();

  /**
   * The client that the token was issued to. Refusals have the statuses and codes of RFC 6750 §3.1.
   *
   * @param authorization the Authorization header
   */
  public Checked<RegisteredClient> check(RegistrySnapshot registry, String tenant, Optional<String> authorization,
      Instant now) {
    if (authorization.isEmpty() || !authorization.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return invalid("expected a bearer access token in Authorization, but found none");
    }
    String token = authorization.get().substring(SCHEME.length()).trim();
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      return isSignedByUs(registry, tenant, jwt)
          ? judge(registry, tenant, jwt.getJWTClaimsSet(), now)
          : invalid("expected an access token (at+jwt) signed by this issuer, but found another");
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return invalid("expected a signed JWT as access token, but found something else");
    }
  }

  private boolean isSignedByUs(RegistrySnapshot registry, String tenant, SignedJWT jwt) throws JOSEException {
    // RFC 9068 §4: "The resource server MUST verify that the "typ" header value is "at+jwt"": an ID token opens
    // nothing.
    if (!ACCESS_TOKEN.equals(jwt.getHeader().getType())) {
      return false;
    }
    Optional<JWSVerifier> verifier = verifiers.of(registry, tenant, jwt.getHeader());
    return verifier.isPresent() && jwt.verify(verifier.get());
  }

  private static Checked<RegisteredClient> judge(RegistrySnapshot registry, String tenant, JWTClaimsSet claims,
      Instant now) throws ParseException {
    String issuer = registry.tenant(tenant).map(Tenant::issuer).orElse("");
    if (!issuer.equals(claims.getIssuer()) || !claims.getAudience().contains(AUDIENCE)) {
      return invalid("expected an access token for " + AUDIENCE + " by this issuer, but found another");
    }
    Date expiresAt = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (expiresAt == null || !now.isBefore(expiresAt.toInstant())) {
      return invalid("expected an access token that lives, but it has expired");
    }
    if (notBefore != null && now.plus(CLOCK_LEEWAY).isBefore(notBefore.toInstant())) {
      return invalid("expected an access token that is valid already, but it is not yet");
    }
    String scope = claims.getStringClaim("scope");
    if (scope == null || !Scopes.parse(scope).contains(SCOPE)) {
      return insufficient();
    }
    // What was taken from the client since takes effect at once.
    String clientId = Optional.ofNullable(claims.getStringClaim("client_id")).orElse("");
    Optional<RegisteredClient> client =
        registry.client(tenant, clientId).filter(found -> found.client().enabled());
    if (client.isEmpty()) {
      return invalid("expected an access token of an enabled client, but found another");
    }
    return client.get().client().allowedScopes().contains(SCOPE) ? Checked.accepted(client.get()) : insufficient();
  }

  private static Checked<RegisteredClient> invalid(String description) {
    return Checked.refused(new Refusal(401, "invalid_token", description, 0));
  }

  private static Checked<RegisteredClient> insufficient() {
    return Checked.refused(new Refusal(403, "insufficient_scope", "expected the scope " + SCOPE, 0));
  }
}
