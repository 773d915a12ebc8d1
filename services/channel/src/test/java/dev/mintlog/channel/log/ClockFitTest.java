package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockFitTest {
  private long now = 1_000_000;
  private final ClockFit fit = new ClockFit("this machine's clock", () -> Instant.ofEpochMilli(now));

  @Test
  void shouldProveNothingWhenAppendedBetweenSendingAndAcknowledgement() {
    assertThat(fit.observe(now - 2, now - 5, now)).isZero();
    assertThat(fit.problem()).isEmpty();
    assertThat(fit.isFresh()).isTrue();
  }

  @Test
  void shouldNameTheClockThatIsBehind() {
    assertThat(fit.observe(now + 800, now - 5, now)).isEqualTo(800);
    assertThat(fit.problem()).contains(
        "expected this machine's clock within 500 ms of the broker's, but it is at least 800 ms behind");
  }

  @Test
  void shouldNameTheClockThatIsAhead() {
    assertThat(fit.observe(now - 705, now - 5, now)).isEqualTo(-700);
    assertThat(fit.problem()).hasValueSatisfying(why -> assertThat(why).endsWith("700 ms ahead"));
  }

  @Test
  void shouldTolerateUpToTheBound() {
    fit.observe(now + 500, now - 5, now);

    assertThat(fit.problem()).isEmpty();
  }

  @Test
  void shouldProveLittleWhenTheAcknowledgementWasSlow() {
    assertThat(fit.observe(now - 1_000, now - 5_000, now)).isZero();
    assertThat(fit.problem()).isEmpty();
  }

  @Test
  void shouldKeepTheSharperOfTwoObservations() {
    fit.observe(now + 800, now - 1, now);
    now += 10;
    fit.observe(now - 100, now - 2_000, now);

    assertThat(fit.problem()).isPresent();
  }

  @Test
  void shouldForgetWhatIsNoLongerFresh() {
    fit.observe(now + 800, now - 1, now);
    now += ClockFit.FRESH.toMillis() + 1;

    assertThat(fit.isFresh()).isFalse();
    assertThat(fit.problem()).isEmpty();
  }

  @Test
  void shouldLearnThatAClockWasSetRight() {
    fit.observe(now + 800, now - 1, now);
    now += ClockFit.FRESH.toMillis() / 2 + 1;
    fit.observe(now - 10, now - 20, now);

    assertThat(fit.problem()).isEmpty();
  }

  @Test
  void shouldSayNothingBeforeTheFirstObservation() {
    assertThat(fit.isFresh()).isFalse();
    assertThat(fit.problem()).isEmpty();
  }
}
