package dev.mintlog.edge.limit;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of how wrong client secrets slow those down who give them. */
public final class ClientProofKeys {
  public static final ConfigKey<Integer> FREE_FAILURES =
      ConfigKey.integer("slow-secrets.free-failures", 1, 100_000,
          "wrong secrets hashed with Argon2id, for one client from one network, after which a delay begins, doubled by"
              + " each further one; 429 meanwhile")
          .defaultsTo(ClientProofPolicy.DEFAULT.freeFailures());
  public static final ConfigKey<Duration> DELAY_MAX =
      ConfigKey.duration("slow-secrets.delay-max", Duration.ofSeconds(1), Duration.ofHours(1),
          "the longest delay for one client and network; not while the client's right secret is remembered")
          .defaultsTo(ClientProofPolicy.DEFAULT.delayMax());

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", FREE_FAILURES, DELAY_MAX);

  private ClientProofKeys() {}
}
