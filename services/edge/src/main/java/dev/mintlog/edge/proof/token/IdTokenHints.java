package dev.mintlog.edge.proof.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.client.Tenant;
import dev.mintlog.registry.RegistrySnapshot;
import java.text.ParseException;
import java.util.Optional;

/** Reads ID tokens that a client shows again as {@code id_token_hint}. Thread-safe. */
public final class IdTokenHints {
  private final TokenVerifiers verifiers = new TokenVerifiers();

  /**
   * The subject of an ID token of ours that was issued to the client. It may have expired: the hint says whom the client
   * means and proves nothing else. OpenID CIBA Core §7.1: "An ID Token previously issued to the Client by the OpenID
   * Provider being passed back as a hint".
   *
   * @return empty where it is none
   */
  public Optional<String> subject(RegistrySnapshot registry, String tenant, String clientId, String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JOSEObjectType type = jwt.getHeader().getType();
      // RFC 8725 §3.11: an access token is not taken for an ID token.
      if (type != null && !type.equals(JOSEObjectType.JWT)) {
        return Optional.empty();
      }
      Optional<JWSVerifier> verifier = verifiers.of(registry, tenant, jwt.getHeader());
      if (verifier.isEmpty() || !jwt.verify(verifier.get())) {
        return Optional.empty();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      String issuer = registry.tenant(tenant).map(Tenant::issuer).orElse("");
      boolean isForClient = issuer.equals(claims.getIssuer()) && claims.getAudience().contains(clientId);
      return isForClient ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
