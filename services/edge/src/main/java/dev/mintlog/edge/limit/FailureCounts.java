package dev.mintlog.edge.limit;

import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Failures by key. Some are free; each further one closes the key for twice as long as the one before, up to a bound. What
 * is tried while a key is closed is not counted, so that nobody lengthens a delay by asking. So many keys at most are
 * remembered; beyond that the one that was not asked for longest is forgotten. Thread-safe.
 */
final class FailureCounts<K> {
  /** The delay after the first failure that is not free. */
  static final Duration FIRST_DELAY = Duration.ofSeconds(1);

  /** How long after its last failure a key starts anew. */
  static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

  private static final int DOUBLINGS_MAX = 30;

  private static final class Count {
    private int failures;
    private int underWay;
    private long failedAt;
    private long openAt;

    private boolean isNothing() {
      return failures == 0 && underWay == 0;
    }
  }

  private final Map<K, Count> counts;
  private final int freeFailures;
  private final long delayMaxNanos;
  private final int underWayMax;
  private final LongSupplier nanoTime;

  /**
   * @param freeFailures at least 1
   * @param underWayMax tries of one key that may be judged at one time while its failures are free; afterwards it is 1
   * @param keysMax at least 1
   */
  FailureCounts(int freeFailures, Duration delayMax, int underWayMax, int keysMax, LongSupplier nanoTime) {
    this.freeFailures = freeFailures;
    this.delayMaxNanos = delayMax.toNanos();
    this.underWayMax = underWayMax;
    this.nanoTime = nanoTime;
    this.counts = new RecentKeys<>(keysMax);
  }

  /**
   * Begins a try, unless the key is closed or too many tries of it are under way: or guesses would be free for those who
   * make them all at once.
   *
   * @return 0 where it was begun, and has to be ended; else nanoseconds after which to try again
   */
  synchronized long begin(K key) {
    long now = nanoTime.getAsLong();
    Count count = counts.computeIfAbsent(key, unknown -> new Count());
    if (count.failures > 0 && now - count.failedAt >= FORGOTTEN_AFTER.toNanos()) {
      count.failures = 0;
    }
    // Differences, not times, are compared: nanoTime may overflow.
    if (count.failures > freeFailures && count.openAt - now > 0) {
      return count.openAt - now;
    }
    if (count.underWay >= (count.failures > freeFailures ? 1 : underWayMax)) {
      return FIRST_DELAY.toNanos();
    }
    count.underWay++;
    return 0;
  }

  /** It was a failure. */
  synchronized void failed(K key) {
    Count count = counts.computeIfAbsent(key, forgotten -> new Count());
    ended(count);
    long now = nanoTime.getAsLong();
    count.failures++;
    count.failedAt = now;
    if (count.failures > freeFailures) {
      int doublings = Math.min(DOUBLINGS_MAX, count.failures - freeFailures - 1);
      count.openAt = now + Math.min(delayMaxNanos, FIRST_DELAY.toNanos() << doublings);
    }
  }

  /** It was none: all failures are forgiven. */
  synchronized void forgive(K key) {
    forgive(key, Integer.MAX_VALUE);
  }

  /** It was none: so many failures are forgiven. */
  synchronized void forgive(K key, int failures) {
    Count count = counts.get(key);
    if (count != null) {
      ended(count);
      count.failures -= Math.min(count.failures, failures);
      dropIfNothing(key, count);
    }
  }

  /** Nobody could say. */
  synchronized void notJudged(K key) {
    forgive(key, 0);
  }

  private static void ended(Count count) {
    count.underWay = Math.max(0, count.underWay - 1);
  }

  private void dropIfNothing(K key, Count count) {
    if (count.isNothing()) {
      counts.remove(key);
    }
  }

  synchronized int size() {
    return counts.size();
  }
}
