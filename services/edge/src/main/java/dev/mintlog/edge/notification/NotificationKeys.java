package dev.mintlog.edge.notification;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.nio.file.Path;
import java.time.Duration;

/** The settings of notifications to clients in ping mode. */
public final class NotificationKeys {
  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("ciba.notification.threads", 1, 64, "threads that notify clients in ping mode").defaultsTo(2);
  public static final ConfigKey<Integer> QUEUE_MAX =
      ConfigKey.integer("ciba.notification.queue-max", 1, 100_000,
          "notifications that may wait or be sent; half of them for one client; more are dropped, and the client polls")
          .defaultsTo(1_000);
  public static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration("ciba.notification.timeout", Duration.ofMillis(100), Duration.ofSeconds(30),
          "how long one attempt may take").defaultsTo(Duration.ofSeconds(3));
  public static final ConfigKey<Integer> ATTEMPTS_MAX =
      ConfigKey.integer("ciba.notification.attempts-max", 1, 10,
          "attempts where the client does not answer or answers 5xx; 1 s lies before the second, twice as much before"
              + " each further one").defaultsTo(3);
  public static final ConfigKey<Boolean> ALLOW_PRIVATE_ADDRESSES =
      ConfigKey.bool("ciba.notification.allow-private-addresses",
          "whether endpoints may have other addresses than public ones").defaultsTo(false);
  public static final ConfigKey<Path> TRUSTED_CERTIFICATES =
      ConfigKey.path("ciba.notification.trusted-certificates",
          "PEM file of the authorities that clients' endpoints are trusted by, in place of Java's own")
          .example("/etc/mintlog/clients-ca.crt").optional();

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of(
      "edge", THREADS, QUEUE_MAX, TIMEOUT, ATTEMPTS_MAX, ALLOW_PRIVATE_ADDRESSES, TRUSTED_CERTIFICATES);

  private NotificationKeys() {}
}
