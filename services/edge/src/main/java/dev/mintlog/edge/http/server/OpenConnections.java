package dev.mintlog.edge.http.server;

import java.util.concurrent.atomic.AtomicInteger;

/** Connections of one port on all its event loops, so many at most. Thread-safe. */
final class OpenConnections {
  private final int max;
  private final AtomicInteger open = new AtomicInteger();

  /** @param max at least 1 */
  OpenConnections(int max) {
    this.max = max;
  }

  /** Whether there is room for one more; then it is taken until {@link #closed}. */
  boolean opened() {
    if (open.incrementAndGet() > max) {
      open.decrementAndGet();
      return false;
    }
    return true;
  }

  void closed() {
    open.decrementAndGet();
  }
}
