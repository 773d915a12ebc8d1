package dev.mintlog.edge.dpop;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.edge.jws.JwsVerifiers;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The public key in the header of a proof. */
final class ProofKey {
  static final List<String> ALGORITHMS = List.of(
      "ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512");

  // The sender chose the key, and an edge pays for the verification.
  private static final int RSA_BITS_MIN = 2_048;
  private static final int RSA_BITS_MAX = 8_192;
  static final int EXPONENT_BITS_MAX = 64;

  private final JWK jwk;

  private ProofKey(JWK jwk) {
    this.jwk = jwk;
  }

  /** Whether the member is a JWK with private or shared parts. */
  static boolean isPrivate(Map<String, Object> jwk) {
    return jwk.containsKey("d") || jwk.containsKey("k") || jwk.containsKey("p") || jwk.containsKey("q")
        || jwk.containsKey("dp") || jwk.containsKey("dq") || jwk.containsKey("qi") || jwk.containsKey("oth");
  }

  /** The key; empty where it is none, or none that the algorithm is for. */
  static Optional<ProofKey> of(Map<String, Object> member, String algorithm) {
    try {
      JWK jwk = JWK.parse(member);
      return fits(jwk, JWSAlgorithm.parse(algorithm)) ? Optional.of(new ProofKey(jwk)) : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  // RFC 8725 §3.1: "Each key MUST be used with exactly one algorithm", here with one family at least.
  private static boolean fits(JWK jwk, JWSAlgorithm algorithm) {
    if (jwk instanceof RSAKey rsa) {
      // A long exponent makes a verification as dear as a signature, for whoever sends a key of his own.
      return JWSAlgorithm.Family.RSA.contains(algorithm) && rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX
          && rsa.getPublicExponent().decodeToBigInteger().bitLength() <= EXPONENT_BITS_MAX;
    }
    if (jwk instanceof ECKey ec) {
      return JWSAlgorithm.Family.EC.contains(algorithm)
          && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
    }
    return jwk instanceof OctetKeyPair okp && okp.getCurve().equals(Curve.Ed25519)
        && algorithm.equals(JWSAlgorithm.EdDSA);
  }

  JWSVerifier verifier() throws JOSEException {
    return JwsVerifiers.of(jwk);
  }

  /** RFC 7638. */
  String thumbprint() throws JOSEException {
    return jwk.computeThumbprint().toString();
  }
}
