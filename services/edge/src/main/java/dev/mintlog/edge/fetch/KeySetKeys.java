package dev.mintlog.edge.fetch;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of key sets that are fetched. */
public final class KeySetKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<Boolean> ALLOW_PRIVATE_ADDRESSES =
      ConfigKey.bool("key-sets.allow-private-addresses",
          "whether key sets of clients and issuers (jwksUri) are fetched from hosts that are not of the public Internet")
          .defaultsTo(false);
  public static final ConfigKey<Duration> WAIT =
      ConfigKey.duration("key-sets.wait", MILLISECOND, Duration.ofSeconds(10),
          "how long the fetch of a key set may take, from the name to the last byte; longer is 503")
          .defaultsTo(Duration.ofSeconds(3));

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", ALLOW_PRIVATE_ADDRESSES, WAIT);

  private KeySetKeys() {}
}
