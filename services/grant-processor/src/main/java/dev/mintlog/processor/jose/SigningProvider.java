package dev.mintlog.processor.jose;

import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.runtime.crypto.FastSignatures;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * Who computes signatures: the fast provider, or the JDK where there is none.
 *
 * @param provider empty for the JDK's own
 */
record SigningProvider(Optional<Provider> provider) {
  /** The best one here. */
  static SigningProvider best() {
    return new SigningProvider(FastSignatures.provider());
  }

  static SigningProvider jdk() {
    return new SigningProvider(Optional.empty());
  }

  /** The key as the provider's own object. */
  PrivateKey translated(PrivateKey key) throws GeneralSecurityException {
    return provider.isEmpty() ? key : FastSignatures.translated(PrivateKey.class, key, provider.get());
  }

  /** A signature to be used again and again by one thread. */
  Signature signature(SigningAlgorithm algorithm, PrivateKey key) throws GeneralSecurityException {
    Signature signature = switch (algorithm) {
      case RS256 -> named("SHA256withRSA");
      case PS256 -> named("RSASSA-PSS");
      // RFC 7518 §3.4: R and S as two 32-octet big endian integers, not ASN.1.
      case ES256 -> named("SHA256withECDSAinP1363Format");
      case EDDSA -> named("Ed25519");
    };
    if (algorithm == SigningAlgorithm.PS256) {
      // RFC 7518 §3.5: MGF1 with SHA-256, a salt as long as the hash.
      signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initSign(key);
    return signature;
  }

  private Signature named(String name) throws GeneralSecurityException {
    return provider.isEmpty() ? Signature.getInstance(name) : Signature.getInstance(name, provider.get());
  }
}
