package dev.mintlog.channel.log;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a clock agrees with the broker's, as far as it can be proved. An append time was taken between the sending of
 * a record and its acknowledgement; a clock by which it was taken before or after is off by at least that much. Slow
 * acknowledgements prove less, never more than is true. Thread-safe.
 */
public final class ClockFit {
  /** Further apart than this is not ready. */
  public static final Duration SKEW_MAX = Duration.ofMillis(500);
  /** What was observed longer ago says nothing about now: clocks get set. */
  public static final Duration FRESH = Duration.ofSeconds(10);

  private final String clockName;
  private final String referenceName;
  private final InstantSource clock;
  private volatile Observation best = new Observation(0, 0, Long.MIN_VALUE / 2);

  /**
   * @param clockName whose clock it is, for the message; e.g. "this machine's clock"
   * @param clock the clock that is judged, and by which freshness is counted
   */
  public ClockFit(String clockName, InstantSource clock) {
    this(clockName, "the broker's", clock);
  }

  /** @param referenceName whose clock it is compared with where that is not the broker's, such as "Redis's" */
  public ClockFit(String clockName, String referenceName, InstantSource clock) {
    this.clockName = clockName;
    this.referenceName = referenceName;
    this.clock = clock;
  }

  /**
   * All in milliseconds since the epoch.
   *
   * @param appendedAt by the broker's clock
   * @param sentAt by the clock that is judged, before the record was sent
   * @param ackedAt by the same clock, after it was acknowledged
   * @return how far the two clocks are proved apart, in milliseconds; positive where the broker's is ahead
   */
  public long observe(long appendedAt, long sentAt, long ackedAt) {
    Observation seen = new Observation(appendedAt - ackedAt, appendedAt - sentAt, ackedAt);
    Observation known = best;
    if (seen.width() <= known.width() || seen.at - known.at > FRESH.toMillis() / 2 || seen.at < known.at) {
      best = seen;
    }
    return seen.proven();
  }

  /** Whether something was observed lately; without, {@link #problem} has nothing to say. */
  public boolean isFresh() {
    return Math.abs(clock.millis() - best.at) <= FRESH.toMillis();
  }

  /** One line where the clock is proved too far off; empty where it is not, or nothing was observed lately. */
  public Optional<String> problem() {
    Observation seen = best;
    long proven = seen.proven();
    if (!isFresh() || Math.abs(proven) <= SKEW_MAX.toMillis()) {
      return Optional.empty();
    }
    return Optional.of("expected " + clockName + " within " + SKEW_MAX.toMillis() + " ms of " + referenceName
        + ", but it is at least " + Math.abs(proven) + " ms " + (proven > 0 ? "behind" : "ahead"));
  }

  /** The broker's clock is ahead of the judged one by no less than low and no more than high. */
  private record Observation(long low, long high, long at) {
    long width() {
      return high - low;
    }

    long proven() {
      if (low > 0) {
        return low;
      }
      return Math.min(high, 0);
    }
  }
}
