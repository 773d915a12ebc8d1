package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.edge.reply.ReplyKeys;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who floods is told so at once, and takes nothing from anybody else. No processor runs while requests pile up. */
@Timeout(180)
class FloodTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final int PENDING_MAX = 20;
  private static final int OF_ONE_CLIENT = 10;
  private static final int OF_ONE_TENANT = 16;
  private static final int REQUESTS = 60;

  private final RunningSystem system = RunningSystem.withoutServices();

  @AfterEach
  void stop() {
    system.close();
  }

  private List<CompletableFuture<Answer>> flood(TokenClient client) {
    return IntStream.range(0, REQUESTS)
        .mapToObj(i -> client.tokenAsync("client_credentials", "scope", "orders.read")).toList();
  }

  private void startEdge() {
    system.startEdge(Map.of(ReplyKeys.PENDING_MAX.name(), Integer.toString(PENDING_MAX),
        ReplyKeys.PER_CLIENT_PERCENT.name(), "50",
        ReplyKeys.PER_TENANT_PERCENT.name(), "80",
        // Longer than it takes to start a processor on a busy machine.
        ReplyKeys.WAIT.name(), "30s"));
  }

  /** Waits until all but so many have their answer: a refusal. */
  private static void assertAllButSomeAreRefusedAtOnce(List<CompletableFuture<Answer>> requests, int waiting) {
    await().atMost(BOUND).until(() -> requests.stream().filter(CompletableFuture::isDone).count()
        == requests.size() - waiting);
    assertThat(requests.stream().filter(CompletableFuture::isDone).map(TokenClient::join)).allSatisfy(refused -> {
      assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
      assertThat(refused.error()).isEqualTo("temporarily_unavailable");
      assertThat(refused.header("Retry-After")).isPresent();
    });
  }

  private static void assertServed(List<CompletableFuture<Answer>> requests, int count) {
    assertThat(requests.stream().map(TokenClient::join).filter(answer -> answer.status() == 200)).hasSize(count);
  }

  @Test
  void shouldHoldAClientToItsShareAndServeOthers() {
    // Given
    startEdge();
    List<CompletableFuture<Answer>> ofFlooder = flood(system.client("service"));
    assertAllButSomeAreRefusedAtOnce(ofFlooder, OF_ONE_CLIENT);

    // When others come, of the same tenant and of another
    List<CompletableFuture<Answer>> ofOthers = List.of(
        system.client("service-es256").tokenAsync("client_credentials", "scope", "orders.read"),
        system.client("acme", "web").tokenAsync("client_credentials", "scope", "orders.read"));
    system.startProcessor();

    // Then
    assertServed(ofOthers, ofOthers.size());
    assertServed(ofFlooder, OF_ONE_CLIENT);
    assertThat(system.client("service").clientCredentials("scope", "orders.read").status()).isEqualTo(200);
  }

  @Test
  void shouldHoldATenantToItsShareAndServeOthers() {
    // Given
    startEdge();
    List<CompletableFuture<Answer>> ofAcme = new ArrayList<>(flood(system.client("acme", "web")));
    assertAllButSomeAreRefusedAtOnce(ofAcme, OF_ONE_CLIENT);
    ofAcme.addAll(flood(system.client("acme", "limited")));
    assertAllButSomeAreRefusedAtOnce(ofAcme, OF_ONE_TENANT);

    // When
    List<CompletableFuture<Answer>> ofOthers =
        List.of(system.client("service").tokenAsync("client_credentials", "scope", "orders.read"));
    system.startProcessor();

    // Then
    assertServed(ofOthers, ofOthers.size());
    assertServed(ofAcme, OF_ONE_TENANT);
  }
}
