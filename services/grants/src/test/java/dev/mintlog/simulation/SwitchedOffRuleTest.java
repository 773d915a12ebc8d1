package dev.mintlog.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule is there for a reason: without it the simulation finds a promise broken, by a seed that holds with it. */
class SwitchedOffRuleTest {
  private static final long SEEDS_MAX = 20_000;

  @ParameterizedTest
  @EnumSource(Rule.class)
  void shouldFindAPromiseBrokenWithoutThisRule(Rule rule) {
    // Given
    EnumSet<Rule> off = EnumSet.of(rule);
    // When
    Optional<Simulation.Failure> found = Optional.empty();
    for (long seed = 0; seed < SEEDS_MAX && found.isEmpty(); seed++) {
      found = Simulation.run(seed, off);
    }
    // Then
    assertThat(found).as("a broken promise within %d seeds", SEEDS_MAX).isPresent();
    assertThat(found.get().broken()).isInstanceOf(PromiseBroken.class);
    assertThat(Simulation.run(found.get().seed())).as("the same seed with the rule").isEmpty();
  }

  @Test
  void shouldTellTheSameStoryOfTheSameSeed() {
    // Given
    EnumSet<Rule> off = EnumSet.of(Rule.REUSE_REVOKES);
    long seed = 0;
    while (Simulation.run(seed, off).isEmpty()) {
      seed++;
    }
    // When
    String once = Simulation.run(seed, off).orElseThrow().toString();
    String again = Simulation.run(seed, off).orElseThrow().toString();
    // Then
    assertThat(again).isEqualTo(once).contains("-Dmintlog.simulation.seed=" + seed);
  }
}
