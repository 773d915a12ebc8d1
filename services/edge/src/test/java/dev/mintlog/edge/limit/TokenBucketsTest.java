package dev.mintlog.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.registry.client.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketsTest {
  private static final long SECOND_NANOS = 1_000_000_000;

  private final AtomicLong now = new AtomicLong();

  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE - 100, -50})
  void shouldGiveTheBurstAtOnceAndThenOneForEachInterval(long start) {
    // Given: nanoTime may begin anywhere, and overflow
    now.set(start);
    TokenBuckets<String> buckets = new TokenBuckets<>(10, now::get);
    RateLimit limit = new RateLimit(10, 3);

    // Then
    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isEqualTo(SECOND_NANOS / 10);
    now.addAndGet(SECOND_NANOS / 10 - 1);
    assertThat(buckets.take("a", limit)).isEqualTo(1);
    now.addAndGet(1);
    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isPositive();
  }

  @Test
  void shouldHoldNoMoreThanTheBurstAfterALongRest() {
    TokenBuckets<String> buckets = new TokenBuckets<>(10, now::get);
    RateLimit limit = new RateLimit(1, 2);
    buckets.take("a", limit);

    now.addAndGet(1_000 * SECOND_NANOS);

    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isZero();
    assertThat(buckets.take("a", limit)).isPositive();
  }

  @Test
  void shouldTakeNothingOfOthers() {
    TokenBuckets<String> buckets = new TokenBuckets<>(10, now::get);
    RateLimit limit = new RateLimit(1, 1);
    buckets.take("a", limit);

    assertThat(buckets.take("a", limit)).isPositive();
    assertThat(buckets.take("b", limit)).isZero();
  }

  @Test
  void shouldForgetWhoeverWasNotAskedForLongestBeyondItsBound() {
    // Given
    TokenBuckets<String> buckets = new TokenBuckets<>(2, now::get);
    RateLimit limit = new RateLimit(1, 1);
    buckets.take("a", limit);
    buckets.take("b", limit);
    buckets.take("a", limit);

    // When
    buckets.take("c", limit);

    // Then
    assertThat(buckets.size()).isEqualTo(2);
    assertThat(buckets.take("a", limit)).as("remembered").isPositive();
    assertThat(buckets.take("b", limit)).as("forgotten").isZero();
    assertThat(buckets.size()).isEqualTo(2);
  }

  @Test
  void shouldFollowALimitThatChanges() {
    TokenBuckets<String> buckets = new TokenBuckets<>(10, now::get);
    buckets.take("a", new RateLimit(1, 1));

    assertThat(buckets.take("a", new RateLimit(1, 1))).isPositive();
    assertThat(buckets.take("a", new RateLimit(1, 2))).isZero();
  }

  /** Whatever comes when: in no stretch of time more than the burst and what the stretch gives back. */
  @RepeatedTest(50)
  void shouldNeverGiveMoreThanTheLimitInAnyStretchOfTime(RepetitionInfo repetition) {
    // Given
    Random random = new Random(repetition.getCurrentRepetition());
    RateLimit limit = new RateLimit(1 + random.nextInt(50), 1 + random.nextInt(20));
    TokenBuckets<String> buckets = new TokenBuckets<>(10, now::get);
    long tokenNanos = SECOND_NANOS / limit.perSecond();
    List<Long> given = new ArrayList<>();

    // When
    for (int i = 0; i < 300; i++) {
      now.addAndGet(random.nextInt(3) == 0 ? 0 : random.nextLong(2 * tokenNanos));
      long waitNanos = buckets.take("a", limit);
      if (waitNanos == 0) {
        given.add(now.get());
      } else if (random.nextBoolean()) {
        now.addAndGet(waitNanos);
        assertThat(buckets.take("a", limit)).as("after the wait that was told").isZero();
        given.add(now.get());
      }
    }

    // Then
    for (int from = 0; from < given.size(); from++) {
      for (int to = from; to < given.size(); to++) {
        long stretchNanos = given.get(to) - given.get(from);
        assertThat(to - from + 1L).isLessThanOrEqualTo(limit.burst() + stretchNanos / tokenNanos);
      }
    }
  }
}
