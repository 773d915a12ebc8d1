package dev.mintlog.processor;

import dev.mintlog.runtime.lifecycle.StartException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start waits for, and what it insists on.
 *
 * @param waitMax how long each thing is waited for
 */
record StartConditions(Duration waitMax, ScheduledExecutorService timer) {
  private static final Logger LOG = LoggerFactory.getLogger(StartConditions.class);

  /** Waits, and says so where it takes a while. */
  <T> T waiting(String what, Supplier<T> wait) {
    var line = timer.schedule(() -> LOG.info("waiting up to {} s for {}", waitMax.toSeconds(), what),
        1, TimeUnit.SECONDS);
    try {
      return wait.get();
    } finally {
      line.cancel(false);
    }
  }

  /**
   * Whether nothing is wrong.
   *
   * @param where stands before the problems
   * @throws StartException one line, where something is
   */
  static void requireNone(String where, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new StartException(where + String.join("; ", problems));
    }
  }
}
