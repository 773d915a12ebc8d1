package dev.mintlog.edge.command.grant;

import dev.mintlog.edge.provider.ThreadBounds;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/** The settings of the threads that ask extension grants. */
public final class ExtensionGrantKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("extension-grants.threads", 1, 64, "threads that ask extension grants").defaultsTo(4);
  public static final ConfigKey<Integer> QUEUE_MAX =
      ConfigKey.integer("extension-grants.queue-max", 1, 10_000, "requests that may wait for them; more get 503")
          .defaultsTo(64);
  public static final ConfigKey<Duration> WAIT =
      ConfigKey.duration("extension-grants.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long an extension grant has for its verdict, time in the queue included; later is 503")
          .defaultsTo(Duration.ofSeconds(2));

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", THREADS, QUEUE_MAX, WAIT);

  private ExtensionGrantKeys() {}

  /** What asking them may take. */
  public static ThreadBounds read(Settings settings) {
    return new ThreadBounds(settings.get(THREADS), settings.get(QUEUE_MAX), settings.get(WAIT));
  }
}
