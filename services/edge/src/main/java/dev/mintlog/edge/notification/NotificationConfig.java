package dev.mintlog.edge.notification;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * How clients in ping mode are notified.
 *
 * @param queueMax how many may wait or be sent
 * @param timeout of one attempt
 * @param trust whose certificates are trusted
 */
public record NotificationConfig(int threads, int queueMax, Duration timeout, int attemptsMax,
    boolean allowPrivateAddresses, SSLSocketFactory trust) {

  /** @throws ConfigException one line, where the trusted certificates cannot be read */
  public static NotificationConfig of(Settings settings) {
    return new NotificationConfig(
        settings.get(NotificationKeys.THREADS),
        settings.get(NotificationKeys.QUEUE_MAX),
        settings.get(NotificationKeys.TIMEOUT),
        settings.get(NotificationKeys.ATTEMPTS_MAX),
        settings.get(NotificationKeys.ALLOW_PRIVATE_ADDRESSES),
        trust(settings.find(NotificationKeys.TRUSTED_CERTIFICATES)));
  }

  private static SSLSocketFactory trust(Optional<Path> authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, authorities.isPresent() ? managers(authorities.get()) : null, null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException e) {
      throw new ConfigException(NotificationKeys.TRUSTED_CERTIFICATES + " is " + authorities.map(Path::toString)
          .orElse("not given") + ", but no certificate in PEM could be read there; name a file that begins with"
          + " -----BEGIN CERTIFICATE-----");
    }
  }

  private static TrustManager[] managers(Path authorities) throws IOException, GeneralSecurityException {
    Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(authorities)));
    if (found.isEmpty()) {
      throw new IOException("no certificate");
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : found) {
      store.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
