package dev.mintlog.edge.userprovider;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.nio.file.Path;
import java.time.Duration;

/** The settings of users that are not in the registry. */
public final class UserProviderKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<Path> FILE =
      ConfigKey.path("users.providers-file",
          "YAML file of further users: htpasswd files, directories, databases and other providers of Vert.x Auth")
          .example("/etc/mintlog/users.yaml").optional();
  public static final ConfigKey<Integer> THREADS =
      ConfigKey.integer("users.providers-threads", 1, 64, "threads that may block for them").defaultsTo(4);
  public static final ConfigKey<Integer> OUTSTANDING_MAX =
      ConfigKey.integer("users.providers-outstanding-max", 1, 10_000,
          "passwords that each of them may be asked about at one time; more get 503").defaultsTo(32);
  public static final ConfigKey<Duration> WAIT =
      ConfigKey.duration("users.providers-wait", MILLISECOND, Duration.ofSeconds(30),
          "how long they have for an answer; later is 503").defaultsTo(Duration.ofSeconds(3));
  public static final ConfigKey<Duration> REFUSAL_AFTER =
      ConfigKey.duration("users.providers-refusal-after", MILLISECOND, Duration.ofSeconds(10),
          "no refusal of theirs is passed on sooner: they are quicker to know no user than a wrong password")
          .defaultsTo(Duration.ofMillis(500));

  /** All of them. */
  public static final ConfigKeys ALL = ConfigKeys.of("edge", FILE, THREADS, OUTSTANDING_MAX, WAIT, REFUSAL_AFTER);

  private UserProviderKeys() {}
}
