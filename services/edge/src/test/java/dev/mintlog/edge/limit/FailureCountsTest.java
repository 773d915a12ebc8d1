package dev.mintlog.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailureCountsTest {
  private static final Duration DELAY_MAX = Duration.ofSeconds(5);
  private static final int UNDER_WAY_MAX = 4;

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(2).toNanos());
  private final FailureCounts<String> counts = new FailureCounts<>(2, DELAY_MAX, UNDER_WAY_MAX, 3, now::get);

  private void fail(String key, int times) {
    for (int i = 0; i < times; i++) {
      long waitNanos = counts.begin(key);
      if (waitNanos > 0) {
        now.addAndGet(waitNanos);
        assertThat(counts.begin(key)).isZero();
      }
      counts.failed(key);
    }
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void shouldDoubleTheDelayWithEachFailureThatIsNotFreeUpToTheBound() {
    fail("a", 2);
    assertThat(counts.begin("a")).as("two are free").isZero();
    counts.failed("a");

    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      delays.add(Duration.ofNanos(counts.begin("a")));
      now.addAndGet(delays.get(i).toNanos());
      assertThat(counts.begin("a")).isZero();
      counts.failed("a");
    }

    assertThat(delays).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), DELAY_MAX,
        DELAY_MAX, DELAY_MAX);
  }

  @Test
  void shouldNotLengthenADelayForWhoAsksMeanwhile() {
    fail("a", 3);
    for (int i = 0; i < 100; i++) {
      assertThat(counts.begin("a")).isPositive();
    }

    after(Duration.ofSeconds(1));

    assertThat(counts.begin("a")).isZero();
  }

  @Test
  void shouldKeepKeysApart() {
    fail("a", 3);

    assertThat(counts.begin("b")).isZero();
  }

  @Test
  void shouldBoundTheTriesUnderWay() {
    for (int i = 0; i < UNDER_WAY_MAX; i++) {
      assertThat(counts.begin("a")).isZero();
    }
    assertThat(counts.begin("a")).as("one more than may be judged at one time").isPositive();

    counts.notJudged("a");
    assertThat(counts.begin("a")).isZero();
  }

  /** Or the delays would bound nothing but one guess at a time. */
  @Test
  void shouldLetOneTryThroughAtATimeOnceFailuresAreNotFree() {
    fail("a", 3);
    after(Duration.ofSeconds(1));

    assertThat(counts.begin("a")).isZero();
    assertThat(counts.begin("a")).isPositive();
  }

  @Test
  void shouldForgive() {
    fail("a", 3);
    after(Duration.ofSeconds(1));
    assertThat(counts.begin("a")).isZero();

    counts.forgive("a");

    assertThat(counts.size()).isZero();
    fail("a", 2);
    assertThat(counts.begin("a")).isZero();
  }

  @Test
  void shouldForgiveAsManyAsAreNamed() {
    fail("a", 2);
    counts.begin("a");
    counts.forgive("a", 1);
    counts.begin("a");
    counts.failed("a");
    assertThat(counts.begin("a")).as("two failures are left").isZero();
    counts.failed("a");
    assertThat(counts.begin("a")).isPositive();
  }

  @Test
  void shouldStartAnewAnHourAfterTheLastFailure() {
    fail("a", 6);
    after(FailureCounts.FORGOTTEN_AFTER.minusNanos(1));
    assertThat(counts.begin("a")).isZero();
    counts.failed("a");
    assertThat(Duration.ofNanos(counts.begin("a"))).as("the seventh").isEqualTo(DELAY_MAX);

    after(FailureCounts.FORGOTTEN_AFTER);
    fail("a", 2);
    assertThat(counts.begin("a")).isZero();
  }

  @Test
  void shouldRememberSoManyKeysAtMost() {
    fail("a", 3);
    for (String other : List.of("b", "c", "d")) {
      fail(other, 1);
    }

    assertThat(counts.size()).isEqualTo(3);
    assertThat(counts.begin("a")).as("not asked for longest, so forgotten").isZero();
    assertThat(counts.size()).isEqualTo(3);
  }
}
