package dev.mintlog.edge.claims;

import dev.mintlog.edge.provider.ThreadBounds;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/** The settings of the threads that ask claims providers. */
public final class ClaimsProviderKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("claims-providers.threads", 1, 64, "threads that ask claims providers").defaultsTo(4);
  public static final ConfigKey<Integer> QUEUE_MAX =
      ConfigKey.integer("claims-providers.queue-max", 1, 10_000, "questions that may wait for them; more get 503")
          .defaultsTo(64);
  public static final ConfigKey<Duration> WAIT =
      ConfigKey.duration("claims-providers.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long claims providers have for an answer, time in the queue included; later is 503")
          .defaultsTo(Duration.ofSeconds(1));

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", THREADS, QUEUE_MAX, WAIT);

  private ClaimsProviderKeys() {}

  /** What asking them may take. */
  public static ThreadBounds read(Settings settings) {
    return new ThreadBounds(settings.get(THREADS), settings.get(QUEUE_MAX), settings.get(WAIT));
  }
}
