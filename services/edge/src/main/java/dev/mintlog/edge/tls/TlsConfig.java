package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.Settings;
import io.vertx.core.http.ClientAuth;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the public port is served over TLS.
 *
 * @param certificate where the served certificate comes from
 * @param reloadInterval how often it is looked at
 */
public record TlsConfig(CertificateSource certificate, ClientAuth clientAuth, Duration reloadInterval) {
  private static final List<ConfigKey<?>> NEEDING_A_CERTIFICATE = List.of(TlsKeys.PRIVATE_KEY, TlsKeys.PASSWORD);

  /**
   * What is configured; empty where the port is served in plain text.
   *
   * @throws ConfigException where the settings do not fit together
   */
  public static Optional<TlsConfig> of(Settings settings) {
    Optional<CertificateSource> source = source(settings);
    ClientAuth clientAuth = switch (settings.get(TlsKeys.CLIENT_AUTH)) {
      case "requested" -> ClientAuth.REQUEST;
      case "required" -> ClientAuth.REQUIRED;
      default -> ClientAuth.NONE;
    };
    if (source.isEmpty() && clientAuth != ClientAuth.NONE) {
      throw new ConfigException(TlsKeys.CLIENT_AUTH + " is " + settings.get(TlsKeys.CLIENT_AUTH) + ", but there is no "
          + TlsKeys.CERTIFICATE + " and no " + TlsKeys.KEY_STORE + "; give one of them, or none here");
    }
    return source.map(found -> new TlsConfig(found, clientAuth, settings.get(TlsKeys.RELOAD_INTERVAL)));
  }

  /** Whether a client may give a certificate of its own in the handshake. */
  public boolean asksClients() {
    return clientAuth != ClientAuth.NONE;
  }

  private static Optional<CertificateSource> source(Settings settings) {
    var certificate = settings.find(TlsKeys.CERTIFICATE);
    var keyStore = settings.find(TlsKeys.KEY_STORE);
    if (certificate.isPresent() && keyStore.isPresent()) {
      throw new ConfigException(TlsKeys.KEY_STORE + " is " + keyStore.get() + " and " + TlsKeys.CERTIFICATE + " is "
          + certificate.get() + ", but one certificate is served; give one of the two");
    }
    if (keyStore.isPresent()) {
      requireAbsent(settings, TlsKeys.PRIVATE_KEY, "the key is in " + TlsKeys.KEY_STORE);
      return Optional.of(new KeyStoreFile(keyStore.get(), settings.find(TlsKeys.PASSWORD)));
    }
    if (certificate.isEmpty()) {
      String because = "there is no " + TlsKeys.CERTIFICATE + " and no " + TlsKeys.KEY_STORE;
      NEEDING_A_CERTIFICATE.forEach(key -> requireAbsent(settings, key, because));
      return Optional.empty();
    }
    requireAbsent(settings, TlsKeys.PASSWORD, "the key in " + TlsKeys.PRIVATE_KEY + " is not encrypted");
    return Optional.of(new PemFiles(certificate.get(), settings.find(TlsKeys.PRIVATE_KEY).orElseThrow(() ->
        new ConfigException(TlsKeys.PRIVATE_KEY + " is missing, but " + TlsKeys.CERTIFICATE + " is " + certificate.get()
            + "; name the PEM file of the certificate's private key"))));
  }

  private static void requireAbsent(Settings settings, ConfigKey<?> key, String because) {
    settings.find(key).ifPresent(value -> {
      throw new ConfigException(key + " is " + value + ", but " + because + "; leave it out");
    });
  }
}
