package dev.mintlog.edge.tls;

import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/** A certificate and its private key, ready to be served. It does not print its key. */
record ServedCertificate(X509Certificate certificate, KeyCertOptions options) {
  private static final String ALIAS = "served";
  private static final byte[] PROBE = {'m', 'i', 'n', 't'};

  static ServedCertificate of(PrivateKey key, List<X509Certificate> chain) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, new char[0], chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return new ServedCertificate(chain.get(0), KeyCertOptions.wrap(keys));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every Java platform keeps a key in memory", e);
    }
  }

  /** Whether what one signs verifies with the other. */
  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    String algorithm = switch (publicKey.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> publicKey.getAlgorithm();
    };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Subject and end of validity, for the log. */
  String describe() {
    return certificate.getSubjectX500Principal().getName() + ", valid until " + certificate.getNotAfter().toInstant();
  }

  boolean isExpired(Instant now) {
    return !now.isBefore(certificate.getNotAfter().toInstant());
  }

  @Override
  public String toString() {
    return "ServedCertificate[" + describe() + "]";
  }
}
