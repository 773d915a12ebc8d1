package dev.mintlog.edge.proof;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;

/** The settings of the threads that compare secrets hashed with Argon2id. */
public final class SlowSecretKeys {
  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("slow-secrets.threads", 1, 64, "threads that compare secrets hashed with Argon2id")
          .defaultsTo(1);
  public static final ConfigKey<Integer> QUEUE_MAX =
      ConfigKey.integer("slow-secrets.queue-max", 1, 10_000, "comparisons that may wait for them; more get 503")
          .defaultsTo(32);

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", THREADS, QUEUE_MAX);

  private SlowSecretKeys() {}
}
