package dev.mintlog.edge.notification;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;

/**
 * How clients in ping mode are notified.
 *
 * @param queueMax how many may wait or be sent
 * @param timeout of one attempt
 * @param authorities whose certificates are trusted, in PEM; empty for those of Java
 */
public record NotificationConfig(int threads, int queueMax, Duration timeout, int attemptsMax,
    boolean allowPrivateAddresses, String authorities) {

  /** @throws ConfigException one line, where the trusted certificates cannot be read */
  public static NotificationConfig of(Settings settings) {
    return new NotificationConfig(
        settings.get(NotificationKeys.THREADS),
        settings.get(NotificationKeys.QUEUE_MAX),
        settings.get(NotificationKeys.TIMEOUT),
        settings.get(NotificationKeys.ATTEMPTS_MAX),
        settings.get(NotificationKeys.ALLOW_PRIVATE_ADDRESSES),
        settings.find(NotificationKeys.TRUSTED_CERTIFICATES).map(NotificationConfig::certificates).orElse(""));
  }

  private static String certificates(Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      if (CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).isEmpty()) {
        throw new CertificateException("no certificate");
      }
      return new String(pem, StandardCharsets.US_ASCII);
    } catch (IOException | CertificateException e) {
      throw new ConfigException(NotificationKeys.TRUSTED_CERTIFICATES + " is " + file
          + ", but no certificate in PEM could be read there; name a file that begins with -----BEGIN CERTIFICATE-----");
    }
  }
}
