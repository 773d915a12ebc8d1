package dev.mintlog.edge.jws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.mintlog.runtime.crypto.FastSignatures;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * Verifiers of signatures, RFC 7515 §5.2, with public keys. They compute on the event loop, so the provider counts:
 * ES256 takes the JDK's own several times as long as the fast one. Made ready where a key is used again and again.
 */
public final class JwsVerifiers {
  private static final Optional<Provider> FAST = FastSignatures.provider();

  private JwsVerifiers() {}

  /**
   * A verifier, thread-safe.
   *
   * @throws JOSEException where nothing can be verified with the key
   */
  public static JWSVerifier of(JWK key) throws JOSEException {
    if (key instanceof OctetKeyPair okp) {
      return new Ed25519Verifier(okp.toPublicJWK());
    }
    if (FAST.isPresent()) {
      try {
        return of(key, FAST.get());
      } catch (GeneralSecurityException e) {
        // It takes fewer keys than the JDK does.
      }
    }
    return ofJdk(key);
  }

  private static JWSVerifier of(JWK key, Provider provider) throws GeneralSecurityException, JOSEException {
    JWSVerifier verifier;
    if (key instanceof RSAKey rsa) {
      verifier = new RSASSAVerifier(FastSignatures.translated(RSAPublicKey.class, rsa.toRSAPublicKey(), provider));
    } else if (key instanceof ECKey ec) {
      verifier = new ECDSAVerifier(FastSignatures.translated(ECPublicKey.class, ec.toECPublicKey(), provider));
    } else {
      throw unknown();
    }
    verifier.getJCAContext().setProvider(provider);
    return verifier;
  }

  static JWSVerifier ofJdk(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsa) {
      return new RSASSAVerifier(rsa.toRSAPublicKey());
    }
    if (key instanceof ECKey ec) {
      return new ECDSAVerifier(ec.toECPublicKey());
    }
    throw unknown();
  }

  private static JOSEException unknown() {
    return new JOSEException("expected an RSA, EC or OKP key");
  }
}
