package dev.mintlog.edge.reply;

import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of requests that wait for a reply. */
public final class ReplyKeys {
  private static final Duration MILLISECOND = Duration.ofMillis(1);

  public static final ConfigKey<Integer> PENDING_MAX =
      ConfigKey.integer("pending-replies.max", 1, 1_000_000, "requests that may wait for a reply; more get 503")
          .defaultsTo(10_000);
  public static final ConfigKey<Integer> PER_CLIENT_PERCENT =
      ConfigKey.integer("pending-replies.per-client-percent", 1, 100, "what one client may hold of them")
          .defaultsTo(50);
  public static final ConfigKey<Integer> PER_TENANT_PERCENT =
      ConfigKey.integer("pending-replies.per-tenant-percent", 1, 100, "what all clients of one tenant may hold of them")
          .defaultsTo(80);
  public static final ConfigKey<Duration> WAIT =
      ConfigKey.duration("reply-wait", Duration.ofSeconds(1), Duration.ofSeconds(30),
          "how long a request waits for its reply; longer than a processor's session timeout and restart")
          .defaultsTo(Duration.ofSeconds(10));
  public static final ConfigKey<Duration> COMMAND_DEADLINE_MARGIN =
      ConfigKey.duration("command-deadline-margin", MILLISECOND, Duration.ofSeconds(10),
          "how long before the end of the wait a grant is refused: the time an answer takes")
          .defaultsTo(Duration.ofSeconds(1));

  /** All of them. */
  public static final ConfigKeys ALL =
      ConfigKeys.of("edge", PENDING_MAX, PER_CLIENT_PERCENT, PER_TENANT_PERCENT, WAIT, COMMAND_DEADLINE_MARGIN);

  private ReplyKeys() {}
}
