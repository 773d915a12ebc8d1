package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A client that asks too often hears so, and nobody else notices: RFC 6585 §4. */
class RateLimitTest {
  private static final int BURST = 3;
  private static final int REQUESTS = 40;

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldHoldAClientToItsRateAndNobodyElse() {
    // Given somebody who names the client and does not have its secret
    List<Answer> guesses = flood(TokenClient.confidential(system.edge(), new DemoClient("limited", "a guess")));
    assertThat(guesses).allSatisfy(guess -> assertThat(guess.error()).isEqualTo("invalid_client"));

    // When the client itself asks more often than it may
    long startedNanos = System.nanoTime();
    List<Answer> answers = flood(system.client("limited"));
    long seconds = Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds() + 1;

    // Then
    List<Answer> refused = answers.stream().filter(answer -> answer.status() == 429).toList();
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeBetween(BURST, (int) (BURST + seconds));
    assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 429));
    assertThat(refused).isNotEmpty().allSatisfy(answer -> {
      assertThat(answer.error()).isEqualTo("temporarily_unavailable");
      assertThat(answer.header("Retry-After")).contains("1");
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(answer.text("error_description")).contains("1 requests per second");
    });
    assertThat(system.client("service").clientCredentials("scope", "orders.read").status()).isEqualTo(200);
    assertThat(flood(system.client("acme", "limited")))
        .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
  }

  /** Signed, an answer costs a command; unsigned, it costs nobody but its edge. */
  @Test
  void shouldHoldAClientToItsRateWhereAnAnswerIsToBeSigned() {
    // When
    TokenClient asking = system.client("limited-asker").with("Accept", "application/token-introspection+jwt");
    List<Answer> signed = IntStream.range(0, REQUESTS).mapToObj(i -> asking.introspect("no token")).toList();
    List<Answer> plain = IntStream.range(0, REQUESTS)
        .mapToObj(i -> system.client("limited-asker").introspect("no token")).toList();

    // Then
    assertThat(signed).anySatisfy(answer -> {
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.header("Retry-After")).isPresent();
    });
    assertThat(plain).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
  }

  private static List<Answer> flood(TokenClient client) {
    List<CompletableFuture<Answer>> all = IntStream.range(0, REQUESTS)
        .mapToObj(i -> client.tokenAsync("client_credentials", "scope", "orders.read")).toList();
    return all.stream().map(TokenClient::join).toList();
  }
}
