package dev.mintlog.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.edge.request.Refusal;
import org.junit.jupiter.api.Test;

class UnavailableTest {
  @Test
  void shouldSayThatNothingWasLostWhereNothingWas() {
    for (Refusal refusal : new Refusal[] {
        Unavailable.refusal(Unanswered.FULL, true, false), Unavailable.refusal(Unanswered.NOT_APPENDED, true, true),
        Unavailable.refusal(Unanswered.TIMED_OUT, false, true)}) {
      assertThat(refusal.description()).endsWith("nothing was lost, try again");
      assertThat(refusal.retryAfterSeconds()).isPositive();
    }
  }

  @Test
  void shouldAskForAFreshProofWhereItMayHaveBeenSpent() {
    for (Unanswered why : new Unanswered[] {Unanswered.TIMED_OUT, Unanswered.MAYBE_APPENDED, Unanswered.CLOSED}) {
      Refusal refusal = Unavailable.refusal(why, true, true);

      assertThat(refusal.description()).doesNotContain("nothing was lost").endsWith("try again with a fresh one");
      assertThat(refusal.status()).isEqualTo(503);
      assertThat(refusal.retryAfterSeconds()).isPositive();
    }
  }

  @Test
  void shouldSayToStartAgainWhereACodeMayHaveBeenUsed() {
    Refusal refusal = Unavailable.refusal(Unanswered.TIMED_OUT, true, false);

    assertThat(refusal.description()).contains("start again");
    assertThat(refusal.retryAfterSeconds()).isZero();
  }
}
