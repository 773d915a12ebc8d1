package dev.mintlog.registry.document.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.X509CertUtils;
import dev.mintlog.registry.document.text.Fields;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which public keys may stand in a registry: what is wrong with one is noted, the key never repeated. */
public final class AssertionKeyForm {
  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  private AssertionKeyForm() {}

  /** Checks a JWK set; how many keys it has. */
  static int checkJwks(Fields fields, Map<String, Object> jwks) {
    if (jwks.isEmpty()) {
      return 0;
    }
    int count = jwks.get("keys") instanceof List<?> keys ? keys.size() : 0;
    try {
      List<JWK> read = JWKSet.parse(jwks).getKeys();
      if (read.size() != count) {
        fields.problem("jwks", "expected keys of kty RSA, EC or OKP, found another");
      }
      for (JWK key : read) {
        problem(key).ifPresent(problem -> fields.problem("jwks", problem));
      }
    } catch (ParseException | IllegalArgumentException e) {
      // Not its message: it may repeat the key.
      fields.problem("jwks", "expected a JWK set, RFC 7517 section 5: {\"keys\": [...]}");
    }
    return count;
  }

  /** Checks certificates; how many there are. */
  static int checkCertificates(Fields fields, List<String> certificates) {
    for (String pem : certificates) {
      X509Certificate certificate = X509CertUtils.parse(pem);
      if (certificate == null) {
        fields.problem("certificates", "expected a certificate in PEM, found something else");
        continue;
      }
      try {
        problem(JWK.parse(certificate)).ifPresent(problem -> fields.problem("certificates", problem));
      } catch (JOSEException e) {
        fields.problem("certificates", "expected a certificate of an RSA or EC key, found another");
      }
    }
    return certificates.size();
  }

  /** Why a key may not verify assertions; empty where it may. */
  public static Optional<String> problem(JWK key) {
    // RFC 7517 §9.2: a private key has no business in a registry that all edges read.
    if (key.isPrivate()) {
      return Optional.of("expected public keys alone, found a private or a shared one");
    }
    if (KeyUse.ENCRYPTION.equals(key.getKeyUse())) {
      return Optional.of("expected keys for signatures, found one for encryption");
    }
    boolean fits = key instanceof RSAKey rsa ? rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX
        : key instanceof ECKey ec ? CURVES.contains(ec.getCurve())
        : key instanceof OctetKeyPair okp && okp.getCurve().equals(Curve.Ed25519);
    return fits ? Optional.empty() : Optional.of("expected RSA of " + RSA_BITS_MIN + " to " + RSA_BITS_MAX
        + " bits, EC on P-256, P-384 or P-521, or OKP on Ed25519, found another");
  }
}
