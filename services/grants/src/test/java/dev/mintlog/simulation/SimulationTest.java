package dev.mintlog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Thousands of seeds; {@code -Dmintlog.simulation.seed=…} replays one, {@code …seeds=…} runs more. */
class SimulationTest {
  private static final long SEEDS = Long.getLong("mintlog.simulation.seeds", 5_000);

  @Test
  void shouldKeepEveryPromiseWhateverHappens() {
    // Given
    Long only = Long.getLong("mintlog.simulation.seed");
    long first = only != null ? only : 0;
    long last = only != null ? only : SEEDS - 1;
    for (long seed = first; seed <= last; seed++) {
      // When
      Optional<Simulation.Failure> failure = Simulation.run(seed);
      // Then
      assertThat(failure.map(Simulation.Failure::toString)).isEmpty();
    }
  }
}
