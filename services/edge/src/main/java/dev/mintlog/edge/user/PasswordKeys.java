package dev.mintlog.edge.user;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.util.List;

/** The settings of signing in with a password. */
public final class PasswordKeys {
  public static final ConfigKey<List<String>> ACR_VALUES =
      ConfigKey.strings("users.acr-values",
          "acr values that a password satisfies; the first of them that acr_values asks for becomes the acr claim")
          .defaultsTo(List.of("urn:mintlog:acr:password"));
  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("users.password-threads", 1, 64, "threads that compare passwords with Argon2id").defaultsTo(1);
  public static final ConfigKey<Integer> QUEUE_MAX =
      ConfigKey.integer("users.password-queue-max", 1, 10_000, "passwords that may wait for them; more get 503")
          .defaultsTo(32);

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", ACR_VALUES, THREADS, QUEUE_MAX);

  private PasswordKeys() {}
}
