package dev.mintlog.edge.limit;

import dev.mintlog.registry.client.RateLimit;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Token buckets by key, so many at most; beyond that the one that was not asked for longest is forgotten, which is as if
 * it were full. Thread-safe.
 *
 * <p>Of each bucket one time is kept, when it will be full again (the generic cell rate algorithm): there is nothing to
 * refill, and a limit that changes counts at once.
 */
final class TokenBuckets<K> {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final Map<K, Long> fullAt;
  private final LongSupplier nanoTime;

  /** @param bucketsMax at least 1 */
  TokenBuckets(int bucketsMax, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.fullAt = new RecentKeys<>(bucketsMax);
  }

  /**
   * Takes a token.
   *
   * @return 0 where there was one; else nanoseconds until there will be, and nothing was taken
   */
  synchronized long take(K key, RateLimit limit) {
    long tokenNanos = SECOND_NANOS / limit.perSecond();
    long now = nanoTime.getAsLong();
    Long known = fullAt.get(key);
    // Differences, not times, are compared: nanoTime may overflow.
    long missingNanos = known == null ? 0 : Math.max(0, known - now);
    long missingMaxNanos = (limit.burst() - 1) * tokenNanos;
    if (missingNanos > missingMaxNanos) {
      return missingNanos - missingMaxNanos;
    }
    fullAt.put(key, now + missingNanos + tokenNanos);
    return 0;
  }

  synchronized int size() {
    return fullAt.size();
  }
}
