package dev.mintlog.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.SealedTokens;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.event.AuditEvents;
import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.processor.changelog.OwnRecords;
import dev.mintlog.processor.command.AssignedPartition;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.Outcomes.Settled;
import dev.mintlog.schema.ResponseSigned;
import dev.mintlog.schema.TokenIssued;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import dev.mintlog.token.TokenIssuer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The publisher against the client's own double of a producer, which acknowledges when it is told to. */
class OutcomePublisherTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final SecretRing keys = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RecordCodec codec = new RecordCodec("mock://publisher", true);
  private final LogRecords records = new LogRecords(codec, new RecordMac(channel));
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicInteger signatures = new AtomicInteger();
  private final SigningThreads signing = new SigningThreads(2);
  private volatile boolean signerFails;
  private final OutcomePublisher publisher = new OutcomePublisher(kafka, records, codec,
      new ChangelogStates(codec, new Sealer(keys, Direction.CHANGELOG), new Opener(keys, Direction.CHANGELOG)),
      new Sealer(channel, Direction.REPLY), new TokenIssuer(claims -> {
        if (signerFails) {
          throw new IllegalStateException("no such key");
        }
        return "token-" + signatures.incrementAndGet();
      }), signing, new ClockFit("a clock", Clock.systemUTC()), new OwnRecords());
  private final CommandFixture commands = new CommandFixture(new AssignedPartition(3));
  private final List<CommandInFlight> acknowledged = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  private final Settled settled = new Settled() {
    @Override
    public void acknowledged(CommandInFlight command) {
      acknowledged.add(command);
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      failures.add(why);
    }
  };

  @BeforeEach
  void prepare() {
    codec.prepare(WireSchemas.byTopic(), Duration.ofSeconds(5));
  }

  @AfterEach
  void close() throws Exception {
    signing.close();
  }

  @Test
  void shouldTellOfACommandOnlyWhenTheLogHasAllOfIt() {
    // Given
    CommandInFlight granted = granted();
    // When
    publisher.publish(List.of(granted), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    // Then
    assertThat(acknowledged).isEmpty();
    kafka.completeNext();
    assertThat(acknowledged).containsExactly(granted);
  }

  @Test
  void shouldWriteTheEventUnderTheCommandsKeyInThePartitionOfItsNumber() throws Exception {
    // Given
    CommandInFlight granted = granted();
    // When
    publisher.publish(List.of(granted), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    // Then
    ProducerRecord<byte[], byte[]> event = kafka.history().get(0);
    assertThat(event.topic()).isEqualTo(Topics.EVENTS);
    assertThat(event.partition()).isEqualTo(3);
    assertThat(new String(event.key())).isEqualTo(granted.key());
    assertThat(decoded(event)).isInstanceOfSatisfying(TokenIssued.class, issued ->
        assertThat(issued.getHeader().getCommandId()).isEqualTo(granted.command().delivery().commandId().value()));
    assertThat(decoded(event).toString()).doesNotContain("token-");
  }

  @Test
  void shouldSignAWholeBatchThenSendItTogether() {
    // Given
    List<CommandInFlight> batch = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      batch.add(granted());
    }
    // When
    publisher.publish(batch, settled);
    // Then
    await().atMost(SOON).until(() -> kafka.history().size() == 7);
    assertThat(signatures).hasValue(7);
  }

  @Test
  void shouldSealTheTokensInsideTheReply() throws Exception {
    // Given
    CommandInFlight granted = granted();
    publisher.publish(List.of(granted), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    granted.step(new Step.Reply(((Step.Publish) granted.step()).answer()));
    // When
    publisher.reply(granted, settled);
    // Then
    ProducerRecord<byte[], byte[]> sent = kafka.history().get(1);
    assertThat(sent.topic()).isEqualTo(Topics.REPLIES);
    assertThat(sent.key()).isNull();
    assertThat(new String(sent.value(), StandardCharsets.ISO_8859_1)).doesNotContain("token-1");
    TokenReply reply = (TokenReply) decoded(sent);
    CommandId id = granted.command().delivery().commandId();
    assertThat(SealedTokens.open(codec, new Opener(channel, Direction.REPLY), id, reply.getSealedTokens()))
        .hasValueSatisfying(tokens -> assertThat(tokens.getAccessToken()).isEqualTo("token-1"));
  }

  @Test
  void shouldNotSignASecondTimeWhatIsPublishedAgain() {
    // Given
    CommandInFlight granted = granted();
    publisher.publish(List.of(granted), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    // When
    kafka.errorNext(new TimeoutException("no leader"));
    publisher.publish(List.of(granted), settled);
    // Then
    assertThat(failures).singleElement().isInstanceOf(InfrastructureException.class);
    assertThat(kafka.history()).hasSize(2);
    assertThat(signatures).hasValue(1);
  }

  @Test
  void shouldNotTakeForAnOutageWhatTheLogWillNeverTake() {
    // Given
    CommandInFlight granted = granted();
    publisher.publish(List.of(granted), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    // When
    kafka.errorNext(new RecordTooLargeException("more than the topic takes"));
    // Then
    assertThat(acknowledged).isEmpty();
    assertThat(failures).hasSize(1);
    assertThat(failures.get(0)).isInstanceOf(IllegalStateException.class)
        .hasRootCauseInstanceOf(RecordTooLargeException.class);
  }

  @Test
  void shouldWaitWhereAnOperatorTookThePermissionAway() {
    // Given
    publisher.publish(List.of(granted()), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    // When
    kafka.errorNext(new TopicAuthorizationException(Topics.EVENTS));
    // Then
    assertThat(failures).singleElement().isInstanceOf(InfrastructureException.class);
  }

  @Test
  void shouldTellAFaultFromAnOutage() {
    // Given
    signerFails = true;
    // When
    publisher.publish(List.of(granted()), settled);
    // Then
    await().atMost(SOON).until(() -> failures.size() == 1);
    assertThat(failures.get(0)).isInstanceOf(IllegalStateException.class);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldHaveNothingToWaitForWhereNothingIsRecorded() {
    // Given
    CommandInFlight polled = commands.clientCredentials();
    polled.step(new Step.Publish(new Answer.Pending(TokenError.AUTHORIZATION_PENDING, Duration.ofSeconds(5)),
        Optional.empty(), List.of(), Optional.empty()));
    // When
    publisher.publish(List.of(polled), settled);
    // Then
    assertThat(acknowledged).containsExactly(polled);
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldReplyWithTheRefusalWhereTokensCouldNotBeIssuedAfterAll() throws Exception {
    // Given
    CommandInFlight command = granted();
    publisher.publish(List.of(command), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    Answer.Denied denied = Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE, "expected no fault");
    command.refuse(denied);
    command.step(new Step.Reply(denied));
    // When
    publisher.reply(command, settled);
    // Then
    TokenReply reply = (TokenReply) decoded(kafka.history().get(1));
    assertThat(reply.getOutcome()).isEqualTo("denied");
    assertThat(reply.getSealedTokens()).isNull();
  }

  @Test
  void shouldWriteARefusalsEvent() throws Exception {
    // Given
    CommandInFlight command = commands.clientCredentials();
    Answer.Denied denied = Answer.Denied.of(TokenError.INVALID_SCOPE, "expected another scope");
    command.step(new Step.Publish(denied, Optional.empty(),
        AuditEvents.of(command.command(), denied, Optional.empty()), Optional.empty()));
    // When
    publisher.publish(List.of(command), settled);
    // Then
    assertThat(decoded(kafka.history().get(0)).toString()).contains("invalid_scope");
    kafka.completeNext();
    assertThat(acknowledged).containsExactly(command);
  }

  @Test
  void shouldRecordASignedResponseAndSealItInsideTheReply() throws Exception {
    // Given
    CommandInFlight signed = begun(commands.signResponse("{\"active\":true}"));
    // When
    publisher.publish(List.of(signed), settled);
    await().atMost(SOON).until(() -> kafka.history().size() == 1);
    signed.step(new Step.Reply(((Step.Publish) signed.step()).answer()));
    publisher.reply(signed, settled);
    // Then
    assertThat(decoded(kafka.history().get(0))).isInstanceOfSatisfying(ResponseSigned.class, event -> {
      assertThat(event.getKind()).isEqualTo("token-introspection");
      assertThat(event.getKid()).isEqualTo("key-1");
      assertThat(event.toString()).doesNotContain("active", "token-1");
    });
    TokenReply reply = (TokenReply) decoded(kafka.history().get(1));
    assertThat(reply.getOutcome()).isEqualTo("signed");
    assertThat(SealedTokens.open(codec, new Opener(channel, Direction.REPLY),
        signed.command().delivery().commandId(), reply.getSealedTokens()))
        .hasValueSatisfying(tokens -> assertThat(tokens.getAccessToken()).isEqualTo("token-1"));
    assertThat(signatures).hasValue(1);
  }

  private CommandInFlight granted() {
    return begun(commands.clientCredentials());
  }

  private static CommandInFlight begun(CommandInFlight command) {
    command.begin(new CommandLife(command.command(), CommandFixture.REGISTRATION));
    command.step(command.life().begin(Instant.now()));
    return command;
  }

  private SpecificRecord decoded(ProducerRecord<byte[], byte[]> record) throws Exception {
    return codec.decode(record.topic(), record.value());
  }
}
