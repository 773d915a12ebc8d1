package dev.mintlog.processor.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.mintlog.client.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes signatures: Amazon Corretto Crypto Provider, some four times as fast for RSA as the JDK's own, or the
 * JDK where its native library does not load or does not pass its self-tests.
 *
 * @param provider empty for the JDK's own
 */
record SigningProvider(Optional<Provider> provider) {
  private static final Logger LOG = LoggerFactory.getLogger(SigningProvider.class);

  /** The best one here; says in one line which. */
  static SigningProvider best() {
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      corretto.assertHealthy();
      LOG.info("signing with {} {}", corretto.getName(), corretto.getVersionStr().strip());
      return new SigningProvider(Optional.of(corretto));
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("signing with the JDK's own provider, which is slower: the fast one does not load here ({})",
          e.toString().lines().findFirst().orElse(""));
      return jdk();
    }
  }

  static SigningProvider jdk() {
    return new SigningProvider(Optional.empty());
  }

  /**
   * The key as the provider's own object. A key of another provider would be translated at each signature, which for
   * RSA takes longer than signing.
   */
  PrivateKey translated(PrivateKey key) throws GeneralSecurityException {
    if (provider.isEmpty()) {
      return key;
    }
    return (PrivateKey) KeyFactory.getInstance(key.getAlgorithm(), provider.get()).translateKey(key);
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
