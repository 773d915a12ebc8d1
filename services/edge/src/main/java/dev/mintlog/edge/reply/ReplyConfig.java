package dev.mintlog.edge.reply;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/**
 * How long requests wait for a reply, and how many.
 *
 * @param pendingMax all that may wait
 * @param perClientPercent what one client may hold of them
 * @param perTenantPercent what all clients of one tenant may hold of them
 * @param waitMax how long each waits
 * @param timeToAnswer from a request to its command's deadline
 */
public record ReplyConfig(
    int pendingMax, int perClientPercent, int perTenantPercent, Duration waitMax, Duration timeToAnswer) {

  /** @throws ConfigException where a deadline would not be before the end of the wait */
  public static ReplyConfig of(Settings settings) {
    Duration wait = settings.get(ReplyKeys.WAIT);
    Duration margin = settings.get(ReplyKeys.COMMAND_DEADLINE_MARGIN);
    if (margin.compareTo(wait) >= 0) {
      throw new ConfigException(ReplyKeys.COMMAND_DEADLINE_MARGIN + " is " + margin.toMillis()
          + "ms, but expected less than " + ReplyKeys.WAIT + ", which is " + wait.toMillis() + "ms");
    }
    return new ReplyConfig(settings.get(ReplyKeys.PENDING_MAX), settings.get(ReplyKeys.PER_CLIENT_PERCENT),
        settings.get(ReplyKeys.PER_TENANT_PERCENT), wait, wait.minus(margin));
  }
}
