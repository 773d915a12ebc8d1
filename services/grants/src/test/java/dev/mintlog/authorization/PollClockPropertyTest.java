package dev.mintlog.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** RFC 8628 §3.5, over random devices. */
class PollClockPropertyTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Property
  void shouldNeverSlowDownWhoWaitsTheInterval(@ForAll @IntRange(min = 1, max = 300) int intervalSeconds,
      @ForAll @Size(min = 1, max = 30) List<@LongRange(min = 0, max = 600_000) Long> longerMillis) {
    PollClock clock = PollClock.notYetPolled(Duration.ofSeconds(intervalSeconds));
    Instant now = START;
    for (long longer : longerMillis) {
      assertThat(clock.isTooSoon(now)).isFalse();
      clock = clock.polled(now);
      now = now.plus(clock.interval()).plusMillis(longer);
    }
    assertThat(clock.interval()).isEqualTo(Duration.ofSeconds(intervalSeconds));
  }

  @Property
  void shouldRaiseTheIntervalByFiveSecondsForEachPollThatComesTooSoonUpToItsBound(
      @ForAll @IntRange(min = 2, max = 300) int intervalSeconds, @ForAll @IntRange(min = 1, max = 100) int polls) {
    PollClock clock = PollClock.notYetPolled(Duration.ofSeconds(intervalSeconds)).polled(START);
    for (int i = 0; i < polls; i++) {
      assertThat(clock.isTooSoon(START)).isTrue();
      clock = clock.slowedDown(START);
    }
    long expected = Math.min(intervalSeconds + 5L * polls, PollClock.INTERVAL_MAX.toSeconds());
    assertThat(clock.interval()).isEqualTo(Duration.ofSeconds(expected));
  }

  @Property
  void shouldTolerateAPollThatTheNetworkBroughtUpToASecondEarly(
      @ForAll @IntRange(min = 2, max = 300) int intervalSeconds, @ForAll @LongRange(min = 0, max = 2_000) long early) {
    PollClock clock = PollClock.notYetPolled(Duration.ofSeconds(intervalSeconds)).polled(START);

    boolean tooSoon = clock.isTooSoon(START.plusSeconds(intervalSeconds).minusMillis(early));

    assertThat(tooSoon).isEqualTo(early > PollClock.TOLERANCE.toMillis());
  }
}
