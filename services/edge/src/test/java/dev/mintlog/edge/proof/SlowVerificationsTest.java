package dev.mintlog.edge.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowVerificationsTest {
  private final SlowVerifications slow = new SlowVerifications(1, 3);

  @AfterEach
  void stop() {
    slow.close();
  }

  @Test
  void shouldAnswerAndMakeRoomWhenAComparisonFails() throws Exception {
    // Given as many as one client may have, twice
    for (int i = 0; i < 4; i++) {
      CompletableFuture<String> found = new CompletableFuture<>();

      // When
      boolean room = slow.offer("client", () -> {
        throw new IllegalStateException("broken");
      }, "not judged", found::complete);

      // Then
      assertThat(room).isTrue();
      assertThat(found.get(10, TimeUnit.SECONDS)).isEqualTo("not judged");
    }
  }

  @Test
  void shouldGiveOneClientHalfOfTheRoom() {
    CountDownLatch release = new CountDownLatch(1);

    assertThat(offer("client", release)).isTrue();
    assertThat(offer("client", release)).isTrue();
    assertThat(offer("client", release)).as("a third of four").isFalse();
    assertThat(offer("another", release)).isTrue();
    release.countDown();
  }

  private boolean offer(String client, CountDownLatch release) {
    return slow.offer(client, () -> {
      try {
        return release.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }, false, done -> { });
  }
}
