package dev.mintlog.edge.proof.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Verifies access tokens that this issuer signed, RFC 9068 §4. Thread-safe. */
public final class AccessTokenVerifier {
  /** Another edge may have stamped the token, and its clock may be ahead of ours. */
  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(1);

  private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

  private final TokenVerifiers verifiers = new TokenVerifiers();

  /**
   * Verifies signature, type, issuer and times; neither audience nor revocation.
   *
   * @param tenant whose issuer and keys count: a token of another tenant is refused as a forged one is
   * @return the token, or {@code invalid_token} (RFC 6750 §3.1)
   */
  public Checked<AccessToken> verify(RegistrySnapshot registry, String tenant, String token, Instant now) {
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

  private static Checked<AccessToken> judge(RegistrySnapshot registry, String tenant, JWTClaimsSet claims, Instant now)
      throws ParseException {
    String issuer = registry.tenant(tenant).map(Tenant::issuer).orElse("");
    if (!issuer.equals(claims.getIssuer())) {
      return invalid("expected an access token by this issuer, but found another");
    }
    Date expiresAt = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    if (expiresAt == null || !now.isBefore(expiresAt.toInstant())) {
      return invalid("expected an access token that lives, but it has expired");
    }
    if (notBefore != null && now.plus(CLOCK_LEEWAY).isBefore(notBefore.toInstant())) {
      return invalid("expected an access token that is valid already, but it is not yet");
    }
    return read(tenant, claims);
  }

  private static Checked<AccessToken> read(String tenant, JWTClaimsSet claims) throws ParseException {
    String clientId = claims.getStringClaim("client_id");
    // RFC 9068 §2.2 requires them; what we signed has them.
    if (clientId == null || claims.getSubject() == null || claims.getJWTID() == null || claims.getIssueTime() == null) {
      return invalid("expected an access token with client_id, sub, jti and iat, but one is missing");
    }
    return Checked.accepted(new AccessToken(authorization(tenant, claims.getJWTID()), clientId, claims.getSubject(),
        claims.getAudience() == null ? List.of() : claims.getAudience(),
        scopes(claims), claims.getIssueTime().toInstant(),
        claims.toJSONObject()));
  }

  // As text (RFC 9068 §2.2.3) or, where the tenant has it so, as an array.
  static Scopes scopes(JWTClaimsSet claims) throws ParseException {
    if (claims.getClaim("scope") instanceof List<?>) {
      return Scopes.of(claims.getStringListClaim("scope"));
    }
    String scope = claims.getStringClaim("scope");
    return scope == null ? Scopes.NONE : Scopes.parse(scope);
  }

  // The jti of a token that was issued on an authorization is its id, a dot, and the command's.
  private static Optional<AuthorizationId> authorization(String tenant, String jti) {
    int dot = jti.indexOf('.');
    return dot < 0 ? Optional.empty() : Optional.of(new AuthorizationId(tenant, jti.substring(0, dot)));
  }

  private static Checked<AccessToken> invalid(String description) {
    return Checked.refused(invalidToken(description));
  }

  /** RFC 6750 §3.1: "The access token provided is expired, revoked, malformed, or invalid for other reasons." */
  public static Refusal invalidToken(String description) {
    return new Refusal(401, "invalid_token", description, 0);
  }
}
