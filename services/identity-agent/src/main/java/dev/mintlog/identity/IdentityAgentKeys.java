package dev.mintlog.identity;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of an identity agent. */
public final class IdentityAgentKeys {
  public static final ConfigKey<Integer> PORT = ConfigKey.integer("identity.port", 0, 65_535,
      "port on 127.0.0.1 that workloads of this host are served on; 0 for any free one").defaultsTo(8085);
  public static final ConfigKey<URI> TOKEN_ENDPOINT = ConfigKey.uri("identity.token-endpoint", List.of("https", "http"),
      "token endpoint that tokens come from; http for one on loopback only")
      .example("https://auth.example/default/oauth2/v2.0/token");
  public static final ConfigKey<Path> DIRECTORY = ConfigKey.path("identity.directory",
      "directory of the identities of this host: a file CLIENT_ID.secret with the client_secret for each")
      .example("/etc/mintlog/identities");
  public static final ConfigKey<String> DEFAULT = ConfigKey.string("identity.default",
      "client_id of the identity for requests that name none; not needed where there is one identity").optional();
  public static final ConfigKey<Secret> HEADER = ConfigKey.secret("identity.header",
      "what a workload has to send as X-IDENTITY-HEADER; with it the App Service form is served, without it the one of"
          + " the instance metadata service").optional();
  public static final ConfigKey<Path> TRUSTED_CERTIFICATES = ConfigKey.path("identity.trusted-certificates",
      "PEM file of certificates to trust at the token endpoint, in place of those of the Java platform").optional();
  public static final ConfigKey<Duration> REQUEST_TIMEOUT = ConfigKey.duration("identity.request-timeout",
      Duration.ofMillis(100), Duration.ofMinutes(1), "how long the token endpoint may take")
      .defaultsTo(Duration.ofSeconds(5));
  public static final ConfigKey<Integer> TOKEN_REQUESTS_MAX = ConfigKey.integer("identity.token-requests.max", 1, 10_000,
      "requests to the token endpoint at once; workloads that need one more get 503").defaultsTo(64);

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("identity-agent", PORT, TOKEN_ENDPOINT, DIRECTORY, DEFAULT, HEADER,
      TRUSTED_CERTIFICATES, REQUEST_TIMEOUT, TOKEN_REQUESTS_MAX);

  private IdentityAgentKeys() {}
}
