package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.nio.file.Path;
import java.util.List;

/** The settings of client certificates, RFC 8705. */
public final class ClientCertificateKeys {
  public static final ConfigKey<Path> AUTHORITIES = ConfigKey.path("http.client-certificates.authorities",
      "PEM file of the authorities whose certificates authenticate clients by tls_client_auth; read at start")
      .example("/etc/mintlog/client-ca.crt").optional();
  public static final ConfigKey<String> HEADER = ConfigKey.string("http.client-certificates.header",
      "Header in which the named proxies pass a client's certificate on: URL-encoded PEM, or Client-Cert of RFC 9440")
      .check("the name of a header", "X-Forwarded-Client-Cert", name -> name.matches("[A-Za-z0-9-]+")).optional();
  public static final ConfigKey<List<String>> PROXIES = ConfigKey.strings("http.client-certificates.proxies",
      "IP addresses of the proxies that end TLS and remove that header from what clients send").example("10.0.0.7")
      .optional();

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", AUTHORITIES, HEADER, PROXIES);

  private ClientCertificateKeys() {}
}
