package dev.mintlog.edge.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.X509CertUtils;
import dev.mintlog.edge.jws.JwsVerifiers;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A public key of a client or an issuer. */
final class PublicAssertionKey implements AssertionKey {
  private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
  private static final Map<String, String> BY_CURVE = Map.of("P-256", "ES256", "P-384", "ES384", "P-521", "ES512");

  private final KeyHint names;
  private final Set<String> algorithms;
  private final JWSVerifier verifier;

  private PublicAssertionKey(KeyHint names, Set<String> algorithms, JWSVerifier verifier) {
    this.names = names;
    this.algorithms = algorithms;
    this.verifier = verifier;
  }

  /**
   * A key, made ready.
   *
   * @param allowed algorithms that the registration allows; empty for all that the key allows
   * @throws JOSEException where nothing can be verified with it
   */
  static PublicAssertionKey of(JWK jwk, Set<String> allowed) throws JOSEException {
    Set<String> algorithms = algorithms(jwk).stream()
        .filter(name -> allowed.isEmpty() || allowed.contains(name)
            || name.equals("Ed25519") && allowed.contains("EdDSA"))
        // RFC 7517 §4.4: a key that names its algorithm is for no other.
        .filter(name -> jwk.getAlgorithm() == null || jwk.getAlgorithm().getName().equals(name))
        .collect(Collectors.toUnmodifiableSet());
    return new PublicAssertionKey(names(jwk), algorithms, JwsVerifiers.of(jwk));
  }

  // A key without a certificate has no thumbprint that could disagree, one without kid no kid.
  @Override
  public boolean mayBe(KeyHint hint) {
    return agree(hint.kid(), names.kid()) && agree(hint.x5t(), names.x5t())
        && agree(hint.x5tS256(), names.x5tS256());
  }

  @Override
  public boolean hasSigned(Assertion assertion, Instant now) {
    if (!algorithms.contains(assertion.algorithm())) {
      return false;
    }
    try {
      // A header of our own: what else the client's says must not matter.
      JWSHeader header = new JWSHeader(JWSAlgorithm.parse(assertion.algorithm()));
      return verifier.verify(header, assertion.signingInput(), assertion.signature());
    } catch (JOSEException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean agree(Optional<String> one, Optional<String> other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  private static Set<String> algorithms(JWK jwk) {
    return jwk instanceof RSAKey ? RSA
        : jwk instanceof ECKey ec ? Set.of(BY_CURVE.getOrDefault(ec.getCurve().getName(), ""))
        : Set.of("EdDSA", "Ed25519");
  }

  private static KeyHint names(JWK jwk) throws JOSEException {
    List<com.nimbusds.jose.util.Base64> chain = jwk.getX509CertChain();
    if (chain != null && !chain.isEmpty()) {
      X509Certificate certificate = X509CertUtils.parse(chain.get(0).decode());
      if (certificate != null) {
        return names(Optional.ofNullable(jwk.getKeyID()), certificate);
      }
    }
    return KeyHint.of(Optional.ofNullable(jwk.getKeyID()), text(jwk.getX509CertThumbprint()),
        text(jwk.getX509CertSHA256Thumbprint()));
  }

  private static KeyHint names(Optional<String> kid, X509Certificate certificate) throws JOSEException {
    return KeyHint.of(kid, Optional.of(Thumbprints.sha1(certificate)), Optional.of(Thumbprints.sha256(certificate)));
  }

  /** The key of a certificate: its thumbprints name it, nothing else does. */
  static PublicAssertionKey of(X509Certificate certificate, Set<String> allowed) throws JOSEException {
    JWK jwk = JWK.parse(certificate);
    PublicAssertionKey key = of(jwk, allowed);
    return new PublicAssertionKey(names(Optional.empty(), certificate), key.algorithms, key.verifier);
  }

  private static Optional<String> text(Base64URL value) {
    return Optional.ofNullable(value).map(Base64URL::toString);
  }
}
