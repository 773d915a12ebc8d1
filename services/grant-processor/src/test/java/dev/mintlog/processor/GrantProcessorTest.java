package dev.mintlog.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateAuthorization;
import dev.mintlog.schema.CreateDeviceAuthorization;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.PollDevice;
import dev.mintlog.schema.RedeemCode;
import dev.mintlog.schema.RefreshToken;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.RevokeAuthorization;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.TokenIssued;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole processor on a real broker and a real Redis. */
class GrantProcessorTest {
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String REDIRECT_URI = "https://app.example/cb";

  @TempDir
  static Path dir;

  private static RealParts parts;
  private static GrantProcessor processor;
  private static TestEdge edge;
  private static final List<String> ends = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    parts = new RealParts(dir);
    long revision = parts.apply(RealParts.REGISTRY);
    processor = parts.processor(StepObserver.NONE, ends::add, Map.of());
    processor.start();
    edge = new TestEdge(parts, revision);
  }

  @AfterAll
  static void stop() throws Exception {
    edge.close();
    processor.close();
    parts.close();
    assertThat(ends).isEmpty();
  }

  @Test
  void shouldBeReady() {
    assertThat(processor.health().report().ready()).as(processor.health().report().json()).isTrue();
  }

  @Test
  void shouldAnswerAClientThatActsForItself() throws Exception {
    // When
    TokenReply reply = clientCredentials("service");
    // Then
    assertThat(reply.getOutcome()).isEqualTo("granted");
    SignedJWT token = SignedJWT.parse(edge.tokens(reply).getAccessToken());
    assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
    assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("service");
    assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("read write");
    TokenIssued event = events(reply, TokenIssued.class).get(0);
    assertThat(event.getJti()).isEqualTo(token.getJWTClaimsSet().getJWTID());
  }

  @Test
  void shouldRecordARefusalBeforeItAnswers() throws Exception {
    // When
    TokenReply reply = clientCredentials("nobody");
    // Then
    assertThat(reply.getError()).isEqualTo("invalid_client");
    assertThat(events(reply, TokenDenied.class)).hasSize(1);
  }

  @Test
  void shouldRedeemACodeOnceAndRotateItsRefreshHandle() throws Exception {
    // Given
    AuthorizationId id = codeIssued();
    // When
    TokenReply first = redeem(id);
    TokenReply rotated = refresh(id, 1);
    TokenReply second = redeem(id);
    TokenReply afterwards = refresh(id, 2);
    // Then
    assertThat(first.getOutcome()).isEqualTo("granted");
    assertThat(first.getRefreshGeneration()).isEqualTo(1);
    assertThat(edge.tokens(first).getIdToken()).isNotNull();
    assertThat(rotated.getRefreshGeneration()).isEqualTo(2);
    assertThat(second.getError()).isEqualTo("invalid_grant");
    assertThat(afterwards.getError()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldGiveTheSameAnswerToACommandThatIsDeliveredAgain() throws Exception {
    // Given
    AuthorizationId id = codeIssued();
    CommandHeader header = edge.header("app");
    RedeemCode command = new RedeemCode(header, id.value(), REDIRECT_URI, challenge(), null, null);
    TokenReply first = edge.ask(id.key(), header, command);
    // When: only the last one is looked at
    edge.sendOnly(id.key(), command);
    TokenReply afterwards = refresh(id, 1);
    // Then
    List<TokenIssued> events = events(first, TokenIssued.class);
    assertThat(events).hasSize(2);
    assertThat(events.get(0)).isEqualTo(events.get(1));
    assertThat(afterwards.getOutcome()).isEqualTo("granted");
  }

  @Test
  void shouldDoNothingForACopyOfAnAuthenticCommandThatIsAppendedLater() throws Exception {
    // Given a code that was redeemed, and a refresh since: the redemption is no more the last command
    AuthorizationId id = codeIssued();
    CommandHeader header = edge.header("app", Duration.ofSeconds(4));
    RedeemCode redemption = new RedeemCode(header, id.value(), REDIRECT_URI, challenge(), null, null);
    assertThat(edge.ask(id.key(), header, redemption).getOutcome()).isEqualTo("granted");
    assertThat(refresh(id, 1).getRefreshGeneration()).isEqualTo(2);
    Instant tooLate = header.getDeadline().plusMillis(501);
    await().atMost(Duration.ofSeconds(10)).until(() -> Instant.now().isAfter(tooLate));

    // When somebody who may write to the topic appends it again, as it was
    edge.sendOnly(id.key(), redemption);
    TokenReply afterwards = refresh(id, 2);

    // Then it is no second presentation of the code
    assertThat(afterwards.getOutcome()).isEqualTo("granted");
    assertThat(afterwards.getRefreshGeneration()).isEqualTo(3);
  }

  @Test
  void shouldLetExactlyOneOfManyRedeemACode() throws Exception {
    // Given
    AuthorizationId id = codeIssued();
    // When
    List<CompletableFuture<TokenReply>> replies = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      CommandHeader header = edge.header("app");
      replies.add(edge.send(id.key(), header, new RedeemCode(header, id.value(), REDIRECT_URI, challenge(), null, null)));
    }
    // Then
    int granted = 0;
    for (CompletableFuture<TokenReply> reply : replies) {
      granted += reply.get(20, TimeUnit.SECONDS).getOutcome().equals("granted") ? 1 : 0;
    }
    assertThat(granted).isEqualTo(1);
    assertThat(refresh(id, 1).getError()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldTakeADeviceThroughItsLife() throws Exception {
    // Given
    AuthorizationId id = TestEdge.randomId();
    CommandHeader create = edge.header("app");
    TokenReply created = edge.ask(id.key(), create, new CreateDeviceAuthorization(create, id.value(), null,
        List.of("digest-" + TestEdge.randomText(), "digest-" + TestEdge.randomText())));
    // When
    TokenReply pending = poll(id);
    CommandHeader approve = edge.header("app");
    TokenReply approved = edge.ask(id.key(), approve, new ApproveDeviceAuthorization(
        approve, id.value(), "alice", null, null, null, List.of(), null, null));
    TokenReply granted = poll(id);
    // Then
    assertThat(created.getUserCodeChosen()).isZero();
    assertThat(pending.getError()).isEqualTo("authorization_pending");
    assertThat(approved.getOutcome()).isEqualTo("done");
    assertThat(granted.getOutcome()).isEqualTo("granted");
  }

  @Test
  void shouldPutAsideWhatSomebodyWithoutTheSecretWrote() throws Exception {
    // Given
    LogRecords forger = new LogRecords(
        parts.codec, new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom()))));
    AuthorizationId id = codeIssued();
    CommandHeader header = edge.header("app");
    int partition = new Partitions(RealParts.PARTITIONS).of(id.key());
    // When
    edge.producer().send(forger.record(
        Topics.COMMANDS, partition, id.key(), new RevokeAuthorization(header, id.value()))).get();
    edge.producer().send(new ProducerRecord<>(Topics.COMMANDS, partition, null, "garbage".getBytes(
        StandardCharsets.UTF_8))).get();
    // Then: they hold nothing up
    assertThat(redeem(id).getOutcome()).isEqualTo("granted");
    await().atMost(Duration.ofSeconds(10)).until(() -> read(Topics.COMMANDS_DEAD, DeadCommand.class).size() >= 2);
  }

  @Test
  void shouldAnswerWithoutRedisWhatNeedsNoStateAndTheRestWhenItIsBack() throws Exception {
    // Given
    AuthorizationId id = codeIssued();
    parts.redis.kill();
    // When
    CommandHeader header = edge.header("app", Duration.ofSeconds(30));
    CompletableFuture<TokenReply> waits =
        edge.send(id.key(), header, new RedeemCode(header, id.value(), REDIRECT_URI, challenge(), null, null));
    TokenReply stateless = clientCredentials("service");
    boolean answeredWithout = waits.isDone();
    parts.redis.start();
    // Then
    assertThat(stateless.getOutcome()).isEqualTo("granted");
    assertThat(answeredWithout).isFalse();
    assertThat(waits.get(20, TimeUnit.SECONDS).getOutcome()).isEqualTo("granted");
  }

  @Test
  void shouldRebuildAnEmptiedRedisFromTheChangelog() throws Exception {
    // Given
    AuthorizationId live = codeIssued();
    redeem(live);
    AuthorizationId spent = codeIssued();
    redeem(spent);
    redeem(spent);
    // When
    assertThat(parts.redis.command("FLUSHALL")).isEqualTo("+OK");
    // Then
    assertThat(refresh(live, 1).getOutcome()).isEqualTo("granted");
    assertThat(refresh(spent, 1).getError()).isEqualTo("invalid_grant");
    assertThat(redeem(spent).getError()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldRestoreAStateThatSomebodyAltered() throws Exception {
    // Given
    AuthorizationId id = codeIssued();
    redeem(id);
    // When
    String key = "mintlog:a:{" + id.key() + "}";
    assertThat(parts.redis.command("SETRANGE " + key + " 0 zzzzzzzzzzzz")).startsWith(":");
    // Then
    assertThat(refresh(id, 1).getOutcome()).isEqualTo("granted");
  }

  @Test
  void shouldWaitForARevisionThatIsOnItsWay() throws Exception {
    // Given
    CommandHeader header = edge.header("late-comer");
    header.setRevision(edge.revision + 1);
    CompletableFuture<TokenReply> waits =
        edge.send("default/" + header.getCommandId(), header, new RequestClientCredentials(header, null));
    assertThat(clientCredentials("service").getOutcome()).isEqualTo("granted");
    boolean answeredBefore = waits.isDone();
    // When
    edge.revision = parts.apply(RealParts.REGISTRY + "  - {id: late-comer, grantTypes: [client_credentials],"
        + " allowedScopes: [read], secrets: [{hash: 'sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]}\n");
    // Then
    assertThat(answeredBefore).isFalse();
    assertThat(waits.get(20, TimeUnit.SECONDS).getOutcome()).isEqualTo("granted");
  }

  @Test
  void shouldGoOnWhereAnotherProcessorLeaves() throws Exception {
    // Given: two share the partitions
    GrantProcessor another = parts.processor(StepObserver.NONE, ends::add, Map.of());
    another.start();
    AuthorizationId id = codeIssued();
    // When
    another.close();
    // Then
    assertThat(redeem(id).getOutcome()).isEqualTo("granted");
    for (int i = 0; i < 20; i++) {
      assertThat(clientCredentials("service").getOutcome()).isEqualTo("granted");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "redis.uri           | redis://127.0.0.1:1                         | redis.uri",
      "key-encryption.key  | AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA | key-encryption.key",
      "registry.public-key | 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo | registry.public-key"})
  void shouldNameInOneLineWhatKeepsItFromStarting(String key, String value, String named) throws Exception {
    // Given
    GrantProcessor cannot = parts.processor(StepObserver.NONE, ends::add, Map.of(key, value, "start-wait", "1s"));
    try {
      // Then
      assertThatThrownBy(cannot::start).isInstanceOf(StartException.class)
          .message().contains(named).doesNotContain("\n");
    } finally {
      cannot.close();
    }
  }

  private static TokenReply clientCredentials(String client) throws Exception {
    CommandHeader header = edge.header(client);
    return edge.ask("default/" + header.getCommandId(), header, new RequestClientCredentials(header, null));
  }

  private static AuthorizationId codeIssued() throws Exception {
    AuthorizationId id = TestEdge.randomId();
    CommandHeader header = edge.header("app");
    TokenReply reply = edge.ask(id.key(), header, new CreateAuthorization(header, id.value(), "alice", null,
        REDIRECT_URI, challenge(), "n-1", null, null, List.of(), null, null, null, null));
    assertThat(reply.getOutcome()).as(String.valueOf(reply.getErrorDescription())).isEqualTo("code-created");
    return id;
  }

  private static TokenReply redeem(AuthorizationId id) throws Exception {
    CommandHeader header = edge.header("app");
    return edge.ask(id.key(), header, new RedeemCode(header, id.value(), REDIRECT_URI, challenge(), null, null));
  }

  private static TokenReply refresh(AuthorizationId id, int generation) throws Exception {
    CommandHeader header = edge.header("app");
    return edge.ask(id.key(), header, new RefreshToken(header, id.value(), generation, null, null));
  }

  private static TokenReply poll(AuthorizationId id) throws Exception {
    CommandHeader header = edge.header("app");
    return edge.ask(id.key(), header, new PollDevice(header, id.value(), null));
  }

  private static String challenge() throws Exception {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(
        MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
  }

  private static <T extends SpecificRecord> List<T> events(TokenReply reply, Class<T> type) {
    return read(Topics.EVENTS, type).stream()
        .filter(event -> event.toString().contains(reply.getCommandId())).toList();
  }

  // What is read is what the log has now: an event that comes after the reply is missed.
  private static <T extends SpecificRecord> List<T> read(String topic, Class<T> type) {
    LogRecords records = new LogRecords(parts.codec, new RecordMac(parts.channel));
    List<T> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = Consumers.assigned(parts.kafka)) {
      List<TopicPartition> all = consumer.partitionsFor(topic).stream()
          .map((PartitionInfo info) -> new TopicPartition(topic, info.partition())).toList();
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (records.read(record) instanceof Reading.Authentic authentic && type.isInstance(authentic.value())) {
            found.add(type.cast(authentic.value()));
          }
        }
      }
    }
    return found;
  }
}
