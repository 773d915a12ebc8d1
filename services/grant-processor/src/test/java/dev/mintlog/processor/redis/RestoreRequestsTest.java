package dev.mintlog.processor.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestoreRequestsTest {
  private static final Duration PAUSE_MAX = Duration.ofSeconds(1);

  private final AtomicLong nanoTime = new AtomicLong();
  private final RestoreRequests requests = new RestoreRequests(nanoTime::get);

  @Test
  void shouldNotLetOneThatFailedHoldUpAnother() throws Exception {
    // Given
    requests.whereIncomplete(1);
    requests.take();
    requests.later(1, PAUSE_MAX);
    // When
    requests.whereIncomplete(2);
    requests.take();
    // Then
    assertThat(requests.underWay()).containsExactly(2);
  }

  @Test
  void shouldPauseLongerAfterEachFailureUpToTheBound() throws Exception {
    // Given
    requests.whereIncomplete(1);
    requests.take();
    // When
    List<Long> pausesMs = new ArrayList<>();
    for (int failure = 1; failure <= 5; failure++) {
      assertThat(requests.later(1, PAUSE_MAX)).isEqualTo(failure);
      pausesMs.add(pausedMs());
    }
    // Then
    assertThat(pausesMs).containsExactly(200L, 400L, 800L, 1_000L, 1_000L);
  }

  @Test
  void shouldGrowThePauseAlsoWhereARestoreWasAskedForMeanwhile() throws Exception {
    // Given
    CompletionStage<Void> first = requests.whereIncomplete(1);
    requests.take();
    requests.inAnyCase(1);
    // When
    requests.later(1, PAUSE_MAX);
    // Then
    assertThat(pausedMs()).isEqualTo(200);
    requests.done(1);
    assertThat(first.toCompletableFuture()).isCompleted();
  }

  @Test
  void shouldNamePartitionsFromTheRequestUntilTheyAreDone() throws Exception {
    // Given
    requests.whereIncomplete(1);
    requests.take();
    requests.whereIncomplete(2);
    // When // Then: one is under way, the other waits
    assertThat(requests.underWay()).containsExactly(1);
    assertThat(requests.partitions()).containsExactly(1, 2);
    // When
    requests.later(1, PAUSE_MAX);
    requests.forget(2);
    // Then
    assertThat(requests.partitions()).containsExactly(1);
    // When
    nanoTime.addAndGet(PAUSE_MAX.toNanos());
    requests.take();
    requests.done(1);
    // Then
    assertThat(requests.partitions()).isEmpty();
  }

  // Another partition, wanted each 100 ms, shows whether the first one's turn has come.
  private long pausedMs() throws InterruptedException {
    for (long ms = 0; ms < 60_000; ms += 100) {
      requests.whereIncomplete(2);
      requests.take();
      requests.done(2);
      if (requests.underWay().contains(1)) {
        return ms;
      }
      nanoTime.addAndGet(Duration.ofMillis(100).toNanos());
    }
    throw new AssertionError("its turn did not come");
  }
}
