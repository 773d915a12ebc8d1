package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several copies of each side. */
class ManyServicesTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.withoutServices();

  @AfterEach
  void stop() {
    system.close();
  }

  @Test
  void shouldGiveEveryClientOfTwoEdgesItsOwnAnswer() throws Exception {
    // Given
    system.startProcessor();
    system.startProcessor();
    system.startEdge();
    system.startEdge();
    List<String> clients = List.of("service", "service-ps256", "service-es256", "service-eddsa");

    // When
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    List<String> jtis = java.util.Collections.synchronizedList(new ArrayList<>());
    RelyingParty relyingParty = system.relyingParty();
    for (int i = 0; i < 200; i++) {
      String client = clients.get(i % clients.size());
      checks.add(system.client(client).at(system.edge(i / clients.size() % 2))
          .tokenAsync("client_credentials", "scope", "orders.read").thenAcceptAsync(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            JWTClaimsSet claims = relyingParty.verified(answer.accessToken());
            assertThat(claims.getSubject()).isEqualTo(client);
            jtis.add(claims.getJWTID());
          }));
    }
    checks.forEach(TokenClient::join);

    // Then
    assertThat(Set.copyOf(jtis)).hasSize(200);
  }

  @Test
  void shouldRedeemOnEitherEdgeWhatTheOtherGave() {
    system.startProcessor();
    system.startEdge();
    system.startEdge();
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);

    Answer tokens = system.client("web").at(system.edge(1)).redeem(code, pkce.verifier(), WEB);

    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    assertThat(system.client("web").at(system.edge(0)).refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldNotMistakeRedeliveredCommandsForReuse() throws Exception {
    // Given an authorization that was rotated twice
    var processor = system.startProcessor();
    system.startEdge();
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);
    Answer first = system.client("web").redeem(code, pkce.verifier(), WEB);
    Answer second = system.client("web").refresh(first.refreshToken());
    Answer third = system.client("web").refresh(second.refreshToken());

    // When every command ever appended is delivered again
    processor.close();
    rewindTheGroup();
    system.startProcessor();

    // Then the current handle works, behind all of them in its partition
    Answer fourth = system.client("web").refresh(third.refreshToken());
    assertThat(fourth.status()).as(fourth.toString()).isEqualTo(200);
  }

  @Test
  void shouldAnswerWhatIsInFlightWhenAProcessorStopsInOrder() throws Exception {
    // Given two processors and requests under way
    var leaving = system.startProcessor();
    system.startProcessor();
    system.startEdge();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(system.client("service").tokenAsync("client_credentials"));
    }

    // When
    leaving.close();

    // Then
    assertThat(answers.stream().map(TokenClient::join).map(Answer::status).collect(Collectors.toSet()))
        .containsExactly(200);
  }

  private void rewindTheGroup() throws Exception {
    try (Admin admin = Admin.create(java.util.Map.of("bootstrap.servers", system.broker().bootstrapServers()))) {
      String group = admin.listGroups().all().get().stream().findFirst().orElseThrow().groupId();
      Set<TopicPartition> partitions =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().keySet();
      var earliest = admin.listOffsets(partitions.stream()
          .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.earliest()))).all().get();
      admin.alterConsumerGroupOffsets(group, earliest.entrySet().stream().collect(Collectors.toMap(
          java.util.Map.Entry::getKey, found -> new OffsetAndMetadata(found.getValue().offset())))).all().get();
    }
  }
}
