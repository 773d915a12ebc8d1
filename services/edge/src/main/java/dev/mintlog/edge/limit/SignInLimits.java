package dev.mintlog.edge.limit;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Slows down who guesses passwords, and nobody else for long: failures are counted for each user and for each client and
 * network. A user who has signed in from a network is counted apart there, so that neither strangers elsewhere nor
 * neighbours behind the same address can keep that user out. Whether a user exists makes no difference. Thread-safe.
 */
public final class SignInLimits {
  /** Users, networks and users' networks that are remembered, of each kind; about 200 bytes each. */
  static final int KEYS_MAX = 50_000;

  /** Passwords of one user that are judged at one time: one who guesses many at once gets no more than these for free. */
  static final int UNDER_WAY_PER_USER_MAX = 16;

  private static final long SECOND_NANOS = 1_000_000_000;

  private record User(String tenant, String username) {}

  private record Place(String tenant, String clientId, String network) {}

  private record UserAtHome(User user, String network) {}

  private final FailureCounts<User> users;
  private final FailureCounts<Place> places;
  private final FailureCounts<UserAtHome> usersAtHome;
  private final Set<UserAtHome> homes = Collections.newSetFromMap(new RecentKeys<>(KEYS_MAX));
  private final LongAdder refused = new LongAdder();

  public SignInLimits(SignInPolicy policy, LongSupplier nanoTime) {
    this.users = new FailureCounts<>(
        policy.userFreeFailures(), policy.userDelayMax(), UNDER_WAY_PER_USER_MAX, KEYS_MAX, nanoTime);
    this.usersAtHome = new FailureCounts<>(
        policy.userFreeFailures(), policy.userDelayMax(), UNDER_WAY_PER_USER_MAX, KEYS_MAX, nanoTime);
    this.places = new FailureCounts<>(
        policy.networkFreeFailures(), policy.networkDelayMax(), Integer.MAX_VALUE, KEYS_MAX, nanoTime);
  }

  /** What became of a password that was let through. */
  public enum Outcome { RIGHT, WRONG, NOT_JUDGED }

  /** A password that may be looked at. To be ended once. */
  public interface Admitted {
    void end(Outcome outcome);
  }

  /** Lets a password be looked at, or refuses: then it must not be, right or wrong. */
  public Checked<Admitted> admit(SignIn who) {
    UserAtHome home =
        new UserAtHome(new User(who.tenant(), who.username()), Network.of(who.address()));
    Place place = new Place(who.tenant(), who.clientId(), home.network());
    return isHome(home) ? admitAtHome(home) : admitAnywhere(home, place);
  }

  private Checked<Admitted> admitAtHome(UserAtHome home) {
    long waitNanos = usersAtHome.begin(home);
    return waitNanos > 0 ? refused(waitNanos) : Checked.accepted(outcome -> end(usersAtHome, home, outcome));
  }

  private Checked<Admitted> admitAnywhere(UserAtHome home, Place place) {
    long userWaitNanos = users.begin(home.user());
    if (userWaitNanos > 0) {
      return refused(userWaitNanos);
    }
    long placeWaitNanos = places.begin(place);
    if (placeWaitNanos > 0) {
      users.notJudged(home.user());
      return refused(placeWaitNanos);
    }
    return Checked.accepted(outcome -> {
      end(users, home.user(), outcome);
      // One right password makes up for one wrong one: whoever has an account of one's own gets no free guesses by it.
      if (outcome == Outcome.RIGHT) {
        places.forgive(place, 1);
        remember(home);
      } else {
        end(places, place, outcome);
      }
    });
  }

  private static <K> void end(FailureCounts<K> counts, K key, Outcome outcome) {
    switch (outcome) {
      case RIGHT -> counts.forgive(key);
      case WRONG -> counts.failed(key);
      default -> counts.notJudged(key);
    }
  }

  private boolean isHome(UserAtHome home) {
    synchronized (homes) {
      return homes.contains(home);
    }
  }

  private void remember(UserAtHome home) {
    synchronized (homes) {
      homes.add(home);
    }
  }

  private Checked<Admitted> refused(long waitNanos) {
    refused.increment();
    int seconds = (int) Math.max(1, (waitNanos + SECOND_NANOS - 1) / SECOND_NANOS);
    return Checked.refused(new Refusal(429, TokenError.TEMPORARILY_UNAVAILABLE.code(), "expected fewer wrong passwords"
        + " for this user or from this network; this one was not looked at, try again later", seconds));
  }

  /** How many passwords were not looked at. */
  public long refused() {
    return refused.sum();
  }
}
