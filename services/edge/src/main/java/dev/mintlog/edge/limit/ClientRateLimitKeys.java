package dev.mintlog.edge.limit;

import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.util.Optional;

/** The settings of how often a client may ask that has no limit of its own. */
public final class ClientRateLimitKeys {
  public static final ConfigKey<Integer> PER_SECOND =
      ConfigKey.integer("client-rate-limit.per-second", 0, RateLimit.PER_SECOND_MAX,
          "requests per second of a client without a rateLimit of its own, at each edge; more get 429; 0 for no limit")
          .defaultsTo(0);
  public static final ConfigKey<Integer> BURST =
      ConfigKey.integer("client-rate-limit.burst", 1, RateLimit.BURST_MAX, "how many of them may come at once")
          .defaultsTo(100);

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", PER_SECOND, BURST);

  private ClientRateLimitKeys() {}

  /** The limit of clients without one of their own; empty where there is none. */
  public static Optional<RateLimit> read(Settings settings) {
    int perSecond = settings.get(PER_SECOND);
    return perSecond == 0 ? Optional.empty() : Optional.of(new RateLimit(perSecond, settings.get(BURST)));
  }
}
