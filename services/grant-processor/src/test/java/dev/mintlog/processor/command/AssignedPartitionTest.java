package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AssignedPartitionTest {
  private final AssignedPartition partition = new AssignedPartition(3);

  @Test
  void shouldLetNothingBeginWhileItIsGivenAway() {
    // Given
    assertThat(partition.enter()).isTrue();
    // When
    partition.close();
    // Then
    assertThat(partition.enter()).isFalse();
    assertThat(partition.isDropped()).isFalse();
  }

  @Test
  void shouldWaitForWhatHasBegun() throws Exception {
    // Given
    partition.enter();
    partition.close();
    // When
    CompletableFuture<Boolean> empty = CompletableFuture.supplyAsync(() -> {
      try {
        return partition.awaitEmpty(Duration.ofSeconds(20));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });
    partition.leave();
    // Then
    assertThat(empty.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void shouldNotWaitForever() throws Exception {
    // Given
    partition.enter();
    partition.close();
    // Then
    assertThat(partition.awaitEmpty(Duration.ofMillis(20))).isFalse();
  }
}
