package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.RunningSystem;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** No log, no token. */
class KafkaStoppedTest {
  @Test
  void shouldAnswer503WithRetryAfterAndNoTokenUntilTheLogIsBack() throws Exception {
    try (RunningSystem system = RunningSystem.withOneOfEach()) {
      assertThat(system.client("service").clientCredentials().status()).isEqualTo(200);

      // When
      system.broker().stop();
      Answer answer = system.client("service").clientCredentials();

      // Then
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("temporarily_unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.has("access_token")).isFalse();

      // And when it is back, so are tokens
      system.broker().start();
      Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
          system.client("service").clientCredentials().status()).isEqualTo(200));
    }
  }

  @Test
  void shouldAnswer503WhereTheLogIsFrozen() throws Exception {
    try (RunningSystem system = RunningSystem.withOneOfEach()) {
      assertThat(system.client("service").clientCredentials().status()).isEqualTo(200);

      system.broker().pause();
      try {
        assertThat(system.client("service").clientCredentials().status()).isEqualTo(503);
      } finally {
        system.broker().resume();
      }

      Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
          system.client("service").clientCredentials().status()).isEqualTo(200));
    }
  }
}
