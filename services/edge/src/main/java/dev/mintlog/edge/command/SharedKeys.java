package dev.mintlog.edge.command;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Keys for commands on no authorization. Any partition would do for such a command; those of the same moment share one,
 * so that they travel as one batch, to the log and from it, and so do their events. Thread-safe.
 */
final class SharedKeys {
  /** About as long as a batch is on its way. Short, so that all partitions, and their processors, have their turn. */
  static final Duration SHARED_FOR = Duration.ofMillis(1);

  private final LongSupplier nanoTime;
  // Of two threads that begin one at a time each may keep its own.
  private volatile Shared current;

  SharedKeys(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A random key, and since when it is given. */
  private record Shared(String key, long sinceNanos) {}

  /**
   * The key of a command.
   *
   * @param commandId random; the key itself where a new one is due
   */
  String keyOf(String commandId) {
    long now = nanoTime.getAsLong();
    Shared shared = current;
    if (shared == null || now - shared.sinceNanos() >= SHARED_FOR.toNanos()) {
      shared = new Shared(commandId, now);
      current = shared;
    }
    return shared.key();
  }
}
