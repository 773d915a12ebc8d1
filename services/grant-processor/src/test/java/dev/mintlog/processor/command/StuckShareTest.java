package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StuckShareTest {
  @Test
  void shouldHoldAPartitionAtAQuarterOfWhatMayBeInFlight() {
    // Given
    StuckShare share = StuckShare.of(2_000);
    // When // Then
    assertThat(share.held(Map.of(0, 499))).isEmpty();
    assertThat(share.held(Map.of(0, 500))).containsExactly(0);
  }

  @Test
  void shouldDivideTheShareAmongAllThatAreStuck() {
    // Given
    StuckShare share = StuckShare.of(2_000);
    // When // Then
    assertThat(share.held(Map.of(0, 249, 1, 250))).containsExactly(1);
    assertThat(share.held(Map.of(0, 0, 1, 500))).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void shouldHoldAtTheFirstCommandWhereOnlyTwoPollsMayBeInFlight() {
    // Given
    StuckShare share = StuckShare.of(2 * TokenCommandConsumer.POLL_RECORDS_MAX);
    // When // Then
    assertThat(share.held(Map.of(0, 0, 1, 0))).isEmpty();
    assertThat(share.held(Map.of(0, 1, 1, 0))).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void shouldHoldNothingWhereNothingIsStuck() {
    assertThat(StuckShare.of(1_000).held(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 1_001, 1_300, 2_000, 5_000})
  void shouldLeavePlaceForAPollOfTheOthersHoweverManyAreStuck(int inFlightMax) {
    for (int partitions : List.of(1, 2, 3, 16, 600)) {
      // Given
      StuckShare share = StuckShare.of(inFlightMax);
      Map<Integer, Integer> outstanding = new HashMap<>();
      for (int partition = 0; partition < partitions; partition++) {
        outstanding.put(partition, 0);
      }
      // When: each poll is filled by one partition that is not held
      Set<Integer> held = share.held(outstanding);
      while (held.size() < partitions) {
        Set<Integer> full = held;
        int next = outstanding.keySet().stream().filter(partition -> !full.contains(partition)).findFirst()
            .orElseThrow();
        outstanding.merge(next, TokenCommandConsumer.POLL_RECORDS_MAX, Integer::sum);
        held = share.held(outstanding);
      }
      // Then
      int all = outstanding.values().stream().mapToInt(Integer::intValue).sum();
      assertThat(all + TokenCommandConsumer.POLL_RECORDS_MAX).isLessThanOrEqualTo(inFlightMax);
    }
  }
}
