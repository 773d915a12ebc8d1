package dev.mintlog.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.limit.SignInLimits.Admitted;
import dev.mintlog.edge.limit.SignInLimits.Outcome;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SignInLimitsTest {
  private static final String HOME = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.7";
  private static final SignInPolicy POLICY =
      new SignInPolicy(2, Duration.ofSeconds(4), 4, Duration.ofSeconds(64));

  private final AtomicLong now = new AtomicLong();
  private final SignInLimits limits = new SignInLimits(POLICY, now::get);

  private static SignIn who(String user, String address) {
    return new SignIn("default", user, "till", address);
  }

  private Optional<Refusal> tried(SignIn who, Outcome outcome) {
    Checked<Admitted> admitted = limits.admit(who);
    admitted.either(let -> let.end(outcome), refusal -> { });
    return admitted.match(let -> Optional.empty(), Optional::of);
  }

  private void wrong(SignIn who, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(tried(who, Outcome.WRONG)).isEmpty();
    }
  }

  /** Tries again as soon as it may, as often as it is told to. */
  private Duration guess(SignIn who, int times) {
    long began = now.get();
    for (int i = 0; i < times; i++) {
      tried(who, Outcome.WRONG).ifPresent(refusal ->
          now.addAndGet(Duration.ofSeconds(refusal.retryAfterSeconds()).toNanos()));
    }
    return Duration.ofNanos(now.get() - began);
  }

  @Test
  void shouldRefuseWith429AndSayWhenToTryAgain() {
    wrong(who("alice", ELSEWHERE), 3);

    Refusal refusal = tried(who("alice", ELSEWHERE), Outcome.RIGHT).orElseThrow();

    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.error()).isEqualTo("temporarily_unavailable");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
    assertThat(limits.refused()).isEqualTo(1);
  }

  /** Who guesses one user's password from everywhere gets no further than who does it from one place. */
  @Test
  void shouldCountAUserWhereverItIsTriedFrom() {
    for (int i = 0; i < 3; i++) {
      wrong(who("alice", "203.0.113." + i), 1);
    }

    assertThat(tried(who("alice", "203.0.113.99"), Outcome.WRONG)).isPresent();
    assertThat(tried(new SignIn("default", "alice", "web", HOME), Outcome.WRONG)).as("another client").isPresent();
    assertThat(tried(new SignIn("acme", "alice", "till", HOME), Outcome.WRONG)).as("another tenant's alice").isEmpty();
    assertThat(tried(who("bob", ELSEWHERE), Outcome.WRONG)).isEmpty();
  }

  /** One password for many users, as much as many for one. */
  @Test
  void shouldCountANetworkWhoeverItTries() {
    for (int i = 0; i < 5; i++) {
      wrong(who("user-" + i, ELSEWHERE), 1);
    }

    assertThat(tried(who("user-99", ELSEWHERE), Outcome.WRONG)).isPresent();
    assertThat(tried(who("user-99", HOME), Outcome.WRONG)).as("another network").isEmpty();
    assertThat(tried(new SignIn("default", "user-98", "web", ELSEWHERE), Outcome.WRONG)).as("another client").isEmpty();
  }

  @Test
  void shouldTakeASubnetOfIpv6ForOneNetwork() {
    for (int i = 0; i < 5; i++) {
      wrong(who("user-" + i, "2001:db8::" + i), 1);
    }

    assertThat(tried(who("user-99", "2001:db8::ffff"), Outcome.WRONG)).isPresent();
    assertThat(tried(who("user-99", "2001:db8:0:1::1"), Outcome.WRONG)).isEmpty();
  }

  /** The attack on the limits themselves: a stranger, or very many, who want to keep a user out. */
  @Test
  void shouldNotKeepAUserOutWhereItHasSignedInFromBefore() {
    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
    for (int i = 0; i < 1_000; i++) {
      tried(who("alice", "203.0.113." + i), Outcome.WRONG);
    }
    assertThat(tried(who("alice", ELSEWHERE), Outcome.RIGHT)).as("there it would have to wait").isPresent();

    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
  }

  @Test
  void shouldNotKeepAUserOutWhoseNeighboursGuess() {
    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
    guess(who("mallory", HOME), 20);
    assertThat(tried(who("bob", HOME), Outcome.RIGHT)).as("who is not known there has to wait").isPresent();

    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
  }

  @Test
  void shouldKeepNobodyOutForLongerThanTheBound() {
    guess(who("alice", ELSEWHERE), 100);

    now.addAndGet(POLICY.userDelayMax().toNanos());

    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
  }

  /** A delay that is a user's ends soon; the guesser's own goes on growing. */
  @Test
  void shouldDelayTheGuesserLongerThanTheUser() {
    Duration spent = guess(who("alice", ELSEWHERE), 40);

    assertThat(spent).isGreaterThan(POLICY.userDelayMax().multipliedBy(40));
  }

  @Test
  void shouldDelayAtHomeAsWell() {
    assertThat(tried(who("alice", HOME), Outcome.RIGHT)).isEmpty();
    wrong(who("alice", HOME), 3);

    assertThat(tried(who("alice", HOME), Outcome.WRONG)).isPresent();
    assertThat(tried(who("bob", HOME), Outcome.WRONG)).as("who has failures apart").isEmpty();
  }

  /** With an account of one's own nobody buys more than one guess for each sign-in. */
  @Test
  void shouldForgiveANetworkOneFailureForOneRightPassword() {
    for (int i = 0; i < 4; i++) {
      wrong(who("user-" + i, ELSEWHERE), 1);
    }
    assertThat(tried(who("mallory", ELSEWHERE), Outcome.RIGHT)).isEmpty();
    wrong(who("user-5", ELSEWHERE), 1);
    wrong(who("user-6", ELSEWHERE), 1);

    assertThat(tried(who("user-7", ELSEWHERE), Outcome.WRONG)).isPresent();
    assertThat(tried(who("mallory", ELSEWHERE), Outcome.RIGHT)).as("at home, which makes up for nothing").isEmpty();
    assertThat(tried(who("user-7", ELSEWHERE), Outcome.WRONG)).isPresent();
  }

  @Test
  void shouldCountNothingThatNobodyJudged() {
    for (int i = 0; i < 100; i++) {
      assertThat(tried(who("alice", HOME), Outcome.NOT_JUDGED)).isEmpty();
    }
  }

  /** All at once instead of one after the other. */
  @Test
  void shouldBoundTheGuessesThatAreJudgedAtOneTime() {
    int let = 0;
    for (int i = 0; i < 1_000; i++) {
      let += limits.admit(who("alice", "203.0.113." + i)).match(admitted -> 1, refusal -> 0);
    }

    assertThat(let).isEqualTo(SignInLimits.UNDER_WAY_PER_USER_MAX);
  }
}
