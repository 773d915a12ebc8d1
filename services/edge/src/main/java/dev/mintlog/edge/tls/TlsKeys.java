package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of TLS on the public port. */
public final class TlsKeys {
  public static final ConfigKey<Path> CERTIFICATE = ConfigKey.path("http.tls.certificate",
      "PEM file of the served certificate and its chain, the certificate first; with it http.tls.private-key")
      .example("/etc/mintlog/tls.crt").optional();
  public static final ConfigKey<Path> PRIVATE_KEY = ConfigKey.path("http.tls.private-key",
      "PEM file of the certificate's private key: PKCS#8, not encrypted").example("/etc/mintlog/tls.key").optional();
  public static final ConfigKey<Path> KEY_STORE = ConfigKey.path("http.tls.key-store",
      "PKCS#12 file with one private key and its certificates, in place of the two PEM files")
      .example("/etc/mintlog/tls.p12").optional();
  public static final ConfigKey<Secret> PASSWORD =
      ConfigKey.secret("http.tls.password", "Password of http.tls.key-store.").optional();
  public static final ConfigKey<String> CLIENT_AUTH = ConfigKey.oneOf("http.tls.client-auth",
      List.of("none", "requested", "required"), "Whether a client is asked for a certificate of its own in the"
          + " handshake; whose it is, is judged by the client's registration").defaultsTo("none");
  public static final ConfigKey<Duration> RELOAD_INTERVAL = ConfigKey.duration("http.tls.reload-interval",
      Duration.ofMillis(100), Duration.ofHours(1), "how often the files are looked at; changed ones are served to new"
          + " connections").defaultsTo(Duration.ofSeconds(10));

  /** All of them. */
  public static final ConfigKeys ALL =
      ConfigKeys.of("edge", CERTIFICATE, PRIVATE_KEY, KEY_STORE, PASSWORD, CLIENT_AUTH, RELOAD_INTERVAL);

  private TlsKeys() {}
}
