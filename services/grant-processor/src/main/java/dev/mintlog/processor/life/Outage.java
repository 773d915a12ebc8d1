package dev.mintlog.processor.life;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that something is out of reach, once and then now and again: thousands of commands notice it together. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final long PAUSE_BETWEEN_LINES_NANOS = Duration.ofSeconds(10).toNanos();

  private final AtomicLong nextLineAt = new AtomicLong(System.nanoTime());

  void noticed(int commands, Throwable why) {
    long due = nextLineAt.get();
    long now = System.nanoTime();
    if (now - due >= 0 && nextLineAt.compareAndSet(due, now + PAUSE_BETWEEN_LINES_NANOS)) {
      Throwable root = why;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      LOG.warn("{} command(s) wait and are tried again: {} ({})", commands, why.getMessage(), root.toString());
    }
  }
}
