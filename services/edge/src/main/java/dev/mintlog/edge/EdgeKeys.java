package dev.mintlog.edge;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.edge.claims.ClaimsProviderKeys;
import dev.mintlog.edge.command.grant.ExtensionGrantKeys;
import dev.mintlog.edge.fetch.KeySetKeys;
import dev.mintlog.edge.http.PublicUrlKeys;
import dev.mintlog.edge.http.server.HttpKeys;
import dev.mintlog.edge.limit.ClientProofKeys;
import dev.mintlog.edge.limit.ClientRateLimitKeys;
import dev.mintlog.edge.limit.SignInKeys;
import dev.mintlog.edge.notification.NotificationKeys;
import dev.mintlog.edge.proof.SlowSecretKeys;
import dev.mintlog.edge.reply.ReplyKeys;
import dev.mintlog.edge.tls.ClientCertificateKeys;
import dev.mintlog.edge.tls.TlsKeys;
import dev.mintlog.edge.user.PasswordKeys;
import dev.mintlog.edge.userprovider.UserProviderKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of an edge: those of its process, and those of each thing that it does, which stand beside that. */
public final class EdgeKeys {
  public static final ConfigKey<String> HEALTH_HOST =
      ConfigKey.string("health.host", "address of /health/live and /health/ready").defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> HEALTH_PORT =
      ConfigKey.integer("health.port", 0, 65_535,
          "port of /health/live and /health/ready; 0 for none, the login port serves them too").defaultsTo(8082);
  public static final ConfigKey<Duration> START_WAIT =
      ConfigKey.duration("start-wait", Duration.ofSeconds(1), Duration.ofMinutes(10),
          "how long a start waits for what it needs").defaultsTo(Duration.ofSeconds(30));

  /** All of them. */
  public static final ConfigKeys ALL = HttpKeys.ALL
      .and(PublicUrlKeys.ALL)
      .and(ConfigKeys.of("edge", HEALTH_HOST, HEALTH_PORT, START_WAIT))
      .and(TlsKeys.ALL)
      .and(ClientCertificateKeys.ALL)
      .and(ConnectionKeys.service("edge"))
      .and(ReplyKeys.ALL)
      .and(ClientRateLimitKeys.ALL)
      .and(SlowSecretKeys.ALL)
      .and(ClientProofKeys.ALL)
      .and(ClaimsProviderKeys.ALL)
      .and(ExtensionGrantKeys.ALL)
      .and(PasswordKeys.ALL)
      .and(SignInKeys.ALL)
      .and(UserProviderKeys.ALL)
      .and(KeySetKeys.ALL)
      .and(NotificationKeys.ALL);

  private EdgeKeys() {}
}
