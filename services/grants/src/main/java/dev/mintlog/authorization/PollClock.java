package dev.mintlog.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a client last polled and how long it has to wait between polls, RFC 8628 §3.5.
 *
 * @param interval what the client has to wait; grows when it does not
 * @param lastPoll append time of the last poll
 */
public record PollClock(Duration interval, Optional<Instant> lastPoll) {
  /** A poll this much early is still in time: the network shortens distances between requests. */
  static final Duration TOLERANCE = Duration.ofSeconds(1);
  /** RFC 8628 §3.5: "the interval MUST be increased by 5 seconds for this and all subsequent requests". */
  static final Duration SLOW_DOWN = Duration.ofSeconds(5);
  /** Nobody is sent further away than this, however often they polled too fast. */
  static final Duration INTERVAL_MAX = Duration.ofMinutes(5);

  public static PollClock notYetPolled(Duration interval) {
    return new PollClock(interval, Optional.empty());
  }

  /** Whether a poll at the given append time comes too soon. */
  public boolean isTooSoon(Instant appendedAt) {
    return lastPoll.isPresent() && appendedAt.isBefore(lastPoll.get().plus(interval).minus(TOLERANCE));
  }

  /** The clock after a poll in time. */
  public PollClock polled(Instant appendedAt) {
    return new PollClock(interval, Optional.of(appendedAt));
  }

  /** The clock after a poll that came too soon. */
  public PollClock slowedDown(Instant appendedAt) {
    Duration longer = interval.plus(SLOW_DOWN);
    return new PollClock(longer.compareTo(INTERVAL_MAX) > 0 ? INTERVAL_MAX : longer, Optional.of(appendedAt));
  }
}
