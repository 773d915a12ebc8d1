package dev.mintlog.edge.limit;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Slows down who gives wrong client secrets that are costly to compare, or they would fill the threads that do it.
 * Failures are counted for each client and network together: strangers elsewhere keep no client out. Thread-safe.
 */
public final class ClientProofLimits {
  /** Clients in networks that are remembered; about 200 bytes each. */
  static final int KEYS_MAX = 50_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private record Place(String tenant, String clientId, String network) {}

  private final FailureCounts<Place> places;
  private final LongAdder refused = new LongAdder();

  public ClientProofLimits(ClientProofPolicy policy, LongSupplier nanoTime) {
    // While failures are free, as many at once as the threads have room for: a client may start with a burst.
    this.places =
        new FailureCounts<>(policy.freeFailures(), policy.delayMax(), Integer.MAX_VALUE, KEYS_MAX, nanoTime);
  }

  /** What became of a secret that was let through. */
  public enum Outcome { RIGHT, WRONG, NOT_JUDGED }

  /** A secret that may be compared. To be ended once. */
  public interface Admitted {
    void end(Outcome outcome);
  }

  /**
   * Lets a secret be compared, or refuses: then it must not be, right or wrong.
   *
   * @param address the address that the request came from, in digits
   */
  public Checked<Admitted> admit(String tenant, String clientId, String address) {
    Place place = new Place(tenant, clientId, Network.of(address));
    long waitNanos = places.begin(place);
    if (waitNanos > 0) {
      refused.increment();
      int seconds = (int) Math.max(1, (waitNanos + SECOND_NANOS - 1) / SECOND_NANOS);
      return Checked.refused(new Refusal(429, TokenError.TEMPORARILY_UNAVAILABLE.code(),
          "expected fewer wrong secrets for this client from this network; this one was not looked at, try again later",
          seconds));
    }
    return Checked.accepted(outcome -> {
      switch (outcome) {
        case RIGHT -> places.forgive(place);
        case WRONG -> places.failed(place);
        default -> places.notJudged(place);
      }
    });
  }

  /** How many secrets were not looked at. */
  public long refused() {
    return refused.sum();
  }
}
