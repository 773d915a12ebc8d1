package dev.mintlog.edge.limit;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of how wrong passwords slow those down who give them. */
public final class SignInKeys {
  public static final ConfigKey<Integer> FREE_FAILURES =
      ConfigKey.integer("users.free-failures", 1, 100,
          "wrong passwords for one user after which a delay begins, doubled by each further one; 429 meanwhile")
          .defaultsTo(SignInPolicy.DEFAULT.userFreeFailures());
  public static final ConfigKey<Duration> DELAY_MAX =
      ConfigKey.duration("users.delay-max", Duration.ofSeconds(1), Duration.ofHours(1),
          "the longest delay for one user; not where that user has signed in from before")
          .defaultsTo(SignInPolicy.DEFAULT.userDelayMax());
  public static final ConfigKey<Integer> NETWORK_FREE_FAILURES =
      ConfigKey.integer("users.network-free-failures", 1, 100_000,
          "wrong passwords from one network to one client after which a delay begins, doubled by each further one")
          .defaultsTo(SignInPolicy.DEFAULT.networkFreeFailures());
  public static final ConfigKey<Duration> NETWORK_DELAY_MAX =
      ConfigKey.duration("users.network-delay-max", Duration.ofSeconds(1), Duration.ofHours(1),
          "the longest delay for one network and client; not for users who have signed in from there before")
          .defaultsTo(SignInPolicy.DEFAULT.networkDelayMax());

  /** All of them. */
  public static final ConfigKeys ALL =
      ConfigKeys.of("edge", FREE_FAILURES, DELAY_MAX, NETWORK_FREE_FAILURES, NETWORK_DELAY_MAX);

  private SignInKeys() {}
}
