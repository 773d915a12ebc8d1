package dev.mintlog.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which refresh handle of an authorization is the current one, and since when. Handles are numbered by generation; there
 * is no mark per rotation, so a state never grows.
 *
 * @param generation the current generation; 0 where no refresh handle was ever given
 * @param since when the current generation was given: start of its predecessor's grace window
 * @param previousSince when the previous generation was given, where there was one
 * @param usedAt when the current generation was presented last and given again; empty where it never was, as always with a
 *     client whose handles rotate
 */
public record Rotation(int generation, Instant since, Optional<Instant> previousSince, Optional<Instant> usedAt) {

  /** What the presentation of a generation means. */
  public enum Presented {
    /** It is the current one. */
    CURRENT,
    /** Its successor is current, unused, and young: a retry, answered with the same successor. */
    PREVIOUS_IN_GRACE,
    /** Superseded within the window, but its successor was used already: refused, nothing is revoked. */
    SUPERSEDED_IN_GRACE,
    /** Superseded longer ago than the window: RFC 9700 §4.14.2, somebody holds a copy. */
    REUSED,
    /** Higher than anything given: the state that was loaded is older than what was answered. */
    AHEAD
  }

  /** Of a current generation that was not given again. */
  public Rotation(int generation, Instant since, Optional<Instant> previousSince) {
    this(generation, since, previousSince, Optional.empty());
  }

  public static Rotation none(Instant at) {
    return new Rotation(0, at, Optional.empty());
  }

  public static Rotation first(Instant at) {
    return new Rotation(1, at, Optional.empty());
  }

  /** When the current generation was given last: what its sliding lifetime is counted from. */
  public Instant lastGiven() {
    return usedAt.filter(used -> used.isAfter(since)).orElse(since);
  }

  /** Whether a refresh handle of this authorization was ever presented. */
  public boolean isUsed() {
    return generation > 1 || usedAt.isPresent();
  }

  public Presented presented(int presentedGeneration, Instant now, Duration graceWindow) {
    if (presentedGeneration == generation) {
      return Presented.CURRENT;
    }
    if (presentedGeneration > generation) {
      return Presented.AHEAD;
    }
    if (presentedGeneration == generation - 1) {
      if (!isWithin(graceWindow, since, now)) {
        return Presented.REUSED;
      }
      // A client whose handles rotated until lately: that its current one was used is told by usedAt alone.
      return usedAt.isPresent() ? Presented.SUPERSEDED_IN_GRACE : Presented.PREVIOUS_IN_GRACE;
    }
    // Anything older was superseded at previousSince or earlier, so outside that window it surely is reuse.
    return previousSince.isPresent() && isWithin(graceWindow, previousSince.get(), now)
        ? Presented.SUPERSEDED_IN_GRACE
        : Presented.REUSED;
  }

  public Rotation next(Instant at) {
    return new Rotation(generation + 1, at, Optional.of(since));
  }

  /** The same generation again, to a client whose handles do not rotate. No window moves. */
  public Rotation givenAgain(Instant at) {
    return new Rotation(generation, since, previousSince, Optional.of(at.isAfter(lastGiven()) ? at : lastGiven()));
  }

  /**
   * The same generation, given anew at a later time. An answer that was late (a stall, a redelivery) would otherwise
   * reach its client with the grace window already spent.
   */
  public Rotation windowStartsAt(Instant later) {
    return later.isAfter(since) ? new Rotation(generation, later, previousSince, usedAt) : this;
  }

  private static boolean isWithin(Duration window, Instant start, Instant now) {
    return !now.isAfter(start.plus(window));
  }
}
