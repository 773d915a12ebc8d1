package dev.mintlog.processor.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.processor.changelog.Changelog.Span;
import dev.mintlog.schema.Topics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker, in a topic whose times the test says. */
class KafkaChangelogTest {
  private static final SecretRing CHANNEL = SecretRing.of(RootSecret.random(new SecureRandom()));
  private static final SecretRing KEYS = SecretRing.of(RootSecret.random(new SecureRandom()));
  private static final int PARTITIONS = 20;

  @TempDir
  static Path dir;

  private static TestBroker broker;
  private static KafkaSettings kafka;
  private static KafkaProducer<byte[], byte[]> producer;
  private static int nextPartition;

  private final RecordCodec codec = new RecordCodec("mock://changelog", true);
  private final LogRecords records = new LogRecords(codec, new RecordMac(CHANNEL));
  private final ChangelogStates states = states(KEYS);
  private final KafkaChangelog changelog = new KafkaChangelog(
      () -> Consumers.toTheEnd(kafka), new ChangelogRecords(records, states));
  private int partition;

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(dir, 1_000);
    kafka = KafkaSettings.of(broker.bootstrapServers(), true, "test");
    try (Admin admin = Admins.open(kafka)) {
      admin.createTopics(List.of(new NewTopic(Topics.AUTHORIZATIONS, Optional.of(PARTITIONS), Optional.of((short) 1))
          .configs(Map.of("message.timestamp.type", "CreateTime")))).all().get();
    }
    producer = Producers.processor(kafka);
    Producers.awaitMetadata(producer, List.of(Topics.AUTHORIZATIONS), Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() {
    producer.close();
    broker.close();
  }

  @BeforeEach
  void aPartitionOfItsOwn() {
    codec.prepare(WireSchemas.of(Topics.AUTHORIZATIONS), Duration.ofSeconds(5));
    partition = nextPartition++;
  }

  @Test
  void shouldReadAllOfSeveralPartitions() throws Exception {
    // Given
    Authorization here = append(partition, CommandFixture.randomId(), 1, Duration.ofHours(5));
    int other = nextPartition++;
    Authorization there = append(other, CommandFixture.randomId(), 1, Duration.ofSeconds(5));
    // When
    List<Authorization> read = read(Map.of(partition, Span.WHOLE, other, Span.WHOLE, nextPartition++, Span.WHOLE));
    // Then
    assertThat(read).containsExactlyInAnyOrder(here, there);
  }

  @Test
  void shouldCountTheTailBackFromTheNewestRecordHoweverOldItIs() throws Exception {
    // Given: nothing was written for hours
    AuthorizationId id = CommandFixture.randomId();
    append(partition, id, 1, Duration.ofHours(5));
    Authorization second = append(partition, id, 2, Duration.ofHours(4).plusMinutes(2));
    Authorization third = append(partition, id, 3, Duration.ofHours(4));
    // When
    List<Authorization> read = read(Map.of(partition, Span.TAIL));
    // Then
    assertThat(read).containsExactly(second, third);
  }

  @Test
  void shouldReadTheTailOfOneBesideTheWholeOfAnother() throws Exception {
    // Given
    AuthorizationId id = CommandFixture.randomId();
    append(partition, id, 1, Duration.ofHours(5));
    Authorization last = append(partition, id, 2, Duration.ofHours(1));
    int other = nextPartition++;
    Authorization old = append(other, CommandFixture.randomId(), 1, Duration.ofHours(5));
    Authorization young = append(other, CommandFixture.randomId(), 1, Duration.ofHours(1));
    // When
    List<Authorization> read = read(Map.of(partition, Span.TAIL, other, Span.WHOLE));
    // Then
    assertThat(read).containsExactlyInAnyOrder(last, old, young);
  }

  @Test
  void shouldReadNothingOfAnEmptyPartition() throws Exception {
    assertThat(read(Map.of(partition, Span.TAIL))).isEmpty();
  }

  @Test
  void shouldPassOverWhatNoHolderOfTheSecretsWrote() throws Exception {
    // Given
    AuthorizationId id = CommandFixture.randomId();
    Authorization ours = append(partition, id, 1, Duration.ofSeconds(5));
    SecretRing foreign = SecretRing.of(RootSecret.random(new SecureRandom()));
    Authorization theirs = revoked(id, 9);
    producer.send(new LogRecords(codec, new RecordMac(foreign)).record(
        Topics.AUTHORIZATIONS, partition, id.key(), states.change(theirs))).get();
    // Sealed by one of ours, for another key.
    producer.send(records.record(Topics.AUTHORIZATIONS, partition, id.key(),
        states.change(revoked(CommandFixture.randomId(), 9)))).get();
    producer.send(new ProducerRecord<>(Topics.AUTHORIZATIONS, partition, null, new byte[] {1, 2, 3})).get();
    // When
    List<Authorization> read = read(Map.of(partition, Span.WHOLE));
    // Then
    assertThat(read).containsExactly(ours);
  }

  @Test
  void shouldPassNothingOverThatIsSealedUnderAKeyNotAcceptedHere() throws Exception {
    // Given: a state sealed under the key-encryption key that was taken away
    AuthorizationId id = CommandFixture.randomId();
    append(partition, id, 1, Duration.ofSeconds(5));
    SecretRing takenAway = SecretRing.of(RootSecret.random(new SecureRandom()));
    producer.send(records.record(
        Topics.AUTHORIZATIONS, partition, id.key(), states(takenAway).change(revoked(id, 2)))).get();
    int other = nextPartition++;
    Authorization there = append(other, CommandFixture.randomId(), 1, Duration.ofSeconds(5));
    // When
    List<Authorization> read = new ArrayList<>();
    Map<Integer, RuntimeException> failures = changelog.read(
        Map.of(partition, Span.WHOLE, other, Span.WHOLE), (number, found) -> read.addAll(found));
    // Then: the other one is read, and it is said what is missing
    assertThat(failures).containsOnlyKeys(partition);
    assertThat(failures.get(partition)).hasMessageContaining("key-encryption.accepted-keys")
        .hasMessageContaining(Integer.toHexString(takenAway.current().keyId()));
    assertThat(read).contains(there);
  }

  @Test
  void shouldGoOnWithTheOthersWhereWhatTakesTheBatchesCannotTakeOne() throws Exception {
    // Given
    append(partition, CommandFixture.randomId(), 1, Duration.ofSeconds(5));
    int other = nextPartition++;
    Authorization there = append(other, CommandFixture.randomId(), 1, Duration.ofSeconds(5));
    List<Authorization> read = new ArrayList<>();
    // When
    Map<Integer, RuntimeException> failures =
        changelog.read(Map.of(partition, Span.TAIL, other, Span.TAIL), (number, found) -> {
          if (number == partition) {
            throw new IllegalStateException("a bug");
          }
          read.addAll(found);
        });
    // Then
    assertThat(failures).containsOnlyKeys(partition);
    assertThat(read).containsExactly(there);
  }

  @Test
  void shouldTellWhetherThereWasEverACommandInAnyPartition() throws Exception {
    // Given
    try (Admin admin = Admins.open(kafka)) {
      admin.createTopics(List.of(new NewTopic(Topics.COMMANDS, Optional.of(2), Optional.of((short) 1)))).all().get();
    }
    assertThat(changelog.isBeforeEveryCommand()).isTrue();
    // When
    producer.send(new ProducerRecord<>(Topics.COMMANDS, 1, null, new byte[] {1})).get();
    // Then
    assertThat(changelog.isBeforeEveryCommand()).isFalse();
  }

  private List<Authorization> read(Map<Integer, Span> spans) throws InterruptedException {
    List<Authorization> read = new ArrayList<>();
    assertThat(changelog.read(spans, (number, found) -> read.addAll(found))).isEmpty();
    return read;
  }

  private Authorization append(int number, AuthorizationId id, long version, Duration ago) throws Exception {
    Authorization state = revoked(id, version);
    ProducerRecord<byte[], byte[]> record =
        records.record(Topics.AUTHORIZATIONS, number, id.key(), states.change(state));
    producer.send(new ProducerRecord<>(record.topic(), record.partition(),
        Instant.now().minus(ago).toEpochMilli(), record.key(), record.value(), record.headers())).get();
    return state;
  }

  private ChangelogStates states(SecretRing keys) {
    return new ChangelogStates(codec, new Sealer(keys, Direction.CHANGELOG), new Opener(keys, Direction.CHANGELOG));
  }

  private static Authorization revoked(AuthorizationId id, long version) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return new Authorization(id, version, new Revoked("app", Optional.empty(), RevocationReason.REQUESTED),
        new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, version), new Answer.Done()), now,
        now.plusSeconds(600));
  }
}
