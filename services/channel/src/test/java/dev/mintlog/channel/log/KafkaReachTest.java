package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaReachTest {
  private final KafkaReach reach = new KafkaReach(null);

  @Test
  void shouldTakeKafkaForReachableUntilItWasSilentTwiceInARow() {
    reach.found(false);
    assertThat(reach.answers()).isTrue();
    reach.found(true);
    reach.found(false);
    assertThat(reach.answers()).isTrue();

    reach.found(false);

    assertThat(reach.answers()).isFalse();
    assertThat(reach.problem()).hasValueSatisfying(problem -> assertThat(problem).contains("Kafka"));
  }

  @Test
  void shouldTakeKafkaForReachableAgainAtTheFirstAnswer() {
    for (int i = 0; i < 100; i++) {
      reach.found(false);
    }

    reach.found(true);

    assertThat(reach.answers()).isTrue();
    assertThat(reach.problem()).isEmpty();
  }
}
