package dev.mintlog.runtime.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Amazon Corretto Crypto Provider: signs with RSA some four times as fast as the JDK's own providers, and verifies ECDSA
 * more than that. Its native library does not load everywhere.
 */
public final class FastSignatures {
  private static final Logger LOG = LoggerFactory.getLogger(FastSignatures.class);
  private static final Optional<Provider> PROVIDER = found();

  private FastSignatures() {}

  /** The provider; empty where it does not load or does not pass its self-tests. The first call says in one line which. */
  public static Optional<Provider> provider() {
    return PROVIDER;
  }

  /**
   * The key as the provider's own object. A key of another provider would be translated at each use, which for a private
   * RSA key takes longer than signing.
   *
   * @throws GeneralSecurityException where the provider does not take such a key
   */
  public static <K extends Key> K translated(Class<K> type, K key, Provider provider) throws GeneralSecurityException {
    return type.cast(KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key));
  }

  private static Optional<Provider> found() {
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      corretto.assertHealthy();
      LOG.info("signatures by {} {}", corretto.getName(), corretto.getVersionStr().strip());
      return Optional.of(corretto);
    } catch (RuntimeException | LinkageError e) {
      LOG.warn("signatures by the JDK's own provider, which is slower: the fast one does not load here ({})",
          e.toString().lines().findFirst().orElse(""));
      return Optional.empty();
    }
  }
}
