package dev.mintlog.channel.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.schema.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTest {
  private static final int PARTITIONS = 3;
  private static final Duration BOUND = Duration.ofSeconds(20);

  @TempDir
  static Path directory;

  private static TestBroker broker;
  private static KafkaSettings settings;
  private Admin admin;

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(directory, 1_000);
    settings = KafkaSettings.of(broker.bootstrapServers(), true, "test");
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void createTopics() {
    admin = Admins.open(settings);
    LogLayout.create(admin, settings, PARTITIONS);
  }

  @AfterEach
  void deleteTopics() throws Exception {
    admin.deleteTopics(admin.listTopics().names().get()).all().get(20, TimeUnit.SECONDS);
    admin.close();
  }

  @Test
  void shouldMakeTheTopicsOnceAndFindThemWell() {
    assertThat(LogLayout.create(admin, settings, PARTITIONS)).isEmpty();
    assertThat(LogLayout.problems(admin, settings, PARTITIONS)).isEmpty();
    assertThat(LogLayout.partitions(admin)).isEqualTo(PARTITIONS);
  }

  @Test
  void shouldNameATopicThatIsMissing() throws Exception {
    admin.deleteTopics(List.of(Topics.EVENTS)).all().get();

    eventually(() -> assertThat(LogLayout.problems(admin, settings, PARTITIONS))
        .singleElement().asString().contains("'token-events' is missing", "mintlog topics create"));
    assertThat(LogLayout.problems(admin, settings, PARTITIONS, List.of(Topics.COMMANDS))).isEmpty();
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitionsThanRecorded() throws Exception {
    admin.createPartitions(Map.of(Topics.AUTHORIZATIONS, NewPartitions.increaseTo(PARTITIONS + 1))).all().get();

    eventually(() -> assertThat(LogLayout.problems(admin, settings, PARTITIONS))
        .singleElement().asString().contains("'authorizations'", "expected 3 partitions, but found 4"));
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitionsToAnswerOn() throws Exception {
    admin.createPartitions(Map.of(Topics.REPLIES, NewPartitions.increaseTo(PARTITIONS + 1))).all().get();

    eventually(() -> assertThat(LogLayout.problems(admin, settings, PARTITIONS))
        .singleElement().asString().contains("'token-replies'", "expected 3 partitions, but found 4"));
  }

  @Test
  void shouldTellHowLongAuthorizationsAreKept() throws Exception {
    assertThat(LogLayout.authorizationsKept(admin)).isEqualTo(LogLayout.AUTHORIZATIONS_RETENTION);
    alter(Topics.AUTHORIZATIONS, "retention.ms", "-1");
    eventually(() -> assertThat(LogLayout.authorizationsKept(admin)).isGreaterThan(Duration.ofDays(36_600)));
  }

  @Test
  void shouldRefuseOneReplicaUnlessToldThatItIsMeant() {
    KafkaSettings production = KafkaSettings.of(broker.bootstrapServers(), false, "test");

    assertThat(LogLayout.problems(admin, production, PARTITIONS))
        .anySatisfy(line -> assertThat(line).contains("'token-events'", "expected 3 replicas, but found 1"))
        .anySatisfy(line -> assertThat(line).contains("'token-commands'", "min.insync.replicas", "at least 2"));
  }

  @Test
  void shouldNameSettingsThatBreakAPromise() throws Exception {
    alter(Topics.COMMANDS, "message.timestamp.type", "CreateTime");
    alter(Topics.AUTHORIZATIONS, "cleanup.policy", "delete");
    alter(Topics.EVENTS, "retention.ms", "1000");
    alter(Topics.REGISTRY, "unclean.leader.election.enable", "true");
    alter(Topics.COMMANDS_DEAD, "retention.ms", "-1");

    eventually(() -> assertThat(LogLayout.problems(admin, settings, PARTITIONS)).satisfiesExactlyInAnyOrder(
        line -> assertThat(line).contains("'token-commands'", "LogAppendTime", "CreateTime"),
        line -> assertThat(line).contains("'authorizations'", "cleanup.policy", "compact,delete"),
        line -> assertThat(line).contains("'token-events'", "retention.ms", "1000"),
        line -> assertThat(line).contains("'registry'", "unclean.leader.election.enable")));
  }

  @Test
  void shouldGiveATopicMadeAnewAnotherId() throws Exception {
    String before = LogLayout.topicId(admin, Topics.COMMANDS);
    assertThat(LogLayout.topicId(admin, Topics.COMMANDS)).isEqualTo(before);

    admin.deleteTopics(List.of(Topics.COMMANDS)).all().get();
    LogLayout.create(admin, settings, PARTITIONS);

    assertThat(LogLayout.topicId(admin, Topics.COMMANDS)).isNotEqualTo(before);
  }

  @Test
  void shouldSendWithoutEverBlockingOnceMetadataIsThere() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Producers.edge(settings)) {
      assertThatThrownBy(() -> producer.send(new ProducerRecord<>(Topics.COMMANDS, 0, null, new byte[1])).get())
          .isInstanceOf(ExecutionException.class);

      Producers.awaitMetadata(producer, List.of(Topics.COMMANDS), BOUND);
      RecordMetadata sent = producer.send(new ProducerRecord<>(Topics.COMMANDS, 0, null, new byte[1])).get();

      assertThat(sent.offset()).isZero();
    }
  }

  @Test
  void shouldFailInOneLineWhenATopicNeverComes() {
    try (KafkaProducer<byte[], byte[]> producer = Producers.edge(settings)) {
      assertThatThrownBy(() -> Producers.awaitMetadata(producer, List.of("no-such"), Duration.ofMillis(300)))
          .isInstanceOf(ChannelStartException.class)
          .hasMessageContaining("'no-such'");
    }
  }

  @Test
  void shouldStampCommandsWithTheBrokersTimeWhateverTheSenderSays() throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = Producers.processor(settings);
        KafkaConsumer<byte[], byte[]> consumer = Consumers.commands(settings, "g", Consumers.sessionTimeout(admin))) {
      long before = System.currentTimeMillis();
      producer.send(new ProducerRecord<>(Topics.COMMANDS, 1, 5L, null, new byte[] {7})).get();

      consumer.subscribe(List.of(Topics.COMMANDS));
      ConsumerRecord<byte[], byte[]> found = polled(consumer, 1).get(0);

      assertThat(found.value()).containsExactly(7);
      assertThat(found.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
      assertThat(found.timestamp()).isBetween(before, System.currentTimeMillis());
    }
  }

  @Test
  void shouldTakeTheShortSessionTimeoutWhereTheBrokerAllowsIt() {
    assertThat(Consumers.sessionTimeout(admin)).isEqualTo(Consumers.SESSION_TIMEOUT_SHORT);
  }

  @Test
  void shouldTakeTheLongSessionTimeoutWhereTheBrokerKeepsItsDefault() throws Exception {
    try (TestBroker strict = new TestBroker(java.nio.file.Files.createTempDirectory(directory, "strict"), 6_000);
        Admin its = Admins.open(KafkaSettings.of(strict.bootstrapServers(), true, "test"))) {
      assertThat(Consumers.sessionTimeout(its)).isEqualTo(Consumers.SESSION_TIMEOUT);
    }
  }

  @Test
  void shouldReadOfTheRegistryOnlyWhatWasCommitted() throws Exception {
    TopicPartition registry = new TopicPartition(Topics.REGISTRY, 0);
    try (KafkaProducer<byte[], byte[]> aborted = Producers.transactional(settings, "mintlog-registry");
        KafkaConsumer<byte[], byte[]> consumer = Consumers.committed(settings)) {
      aborted.initTransactions();
      aborted.beginTransaction();
      aborted.send(new ProducerRecord<>(Topics.REGISTRY, 0, new byte[] {1}, new byte[] {1})).get();
      aborted.abortTransaction();
      try (KafkaProducer<byte[], byte[]> second = Producers.transactional(settings, "mintlog-registry")) {
        second.initTransactions();
        second.beginTransaction();
        second.send(new ProducerRecord<>(Topics.REGISTRY, 0, new byte[] {2}, new byte[] {2})).get();
        second.commitTransaction();
      }
      assertThatThrownBy(() -> {
        aborted.beginTransaction();
        aborted.send(new ProducerRecord<>(Topics.REGISTRY, 0, new byte[] {3}, new byte[] {3}));
        aborted.commitTransaction();
      }).isInstanceOfAny(ProducerFencedException.class, InvalidProducerEpochException.class);

      consumer.assign(List.of(registry));
      consumer.seekToBeginning(List.of(registry));

      assertThat(polled(consumer, 1)).singleElement().satisfies(record -> assertThat(record.value()).containsExactly(2));
    }
  }

  private void alter(String topic, String name, String value) throws Exception {
    alter(new ConfigResource(ConfigResource.Type.TOPIC, topic), name, value);
  }

  private void alter(ConfigResource resource, String name, String value) throws Exception {
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
  }

  // Brokers hear of a change a moment after the controller made it.
  private static void eventually(Runnable assertion) {
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (true) {
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static List<ConsumerRecord<byte[], byte[]>> polled(KafkaConsumer<byte[], byte[]> consumer, int wanted) {
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    long deadline = System.nanoTime() + BOUND.toNanos();
    while (found.size() < wanted && System.nanoTime() < deadline) {
      consumer.poll(Duration.ofMillis(100)).forEach(found::add);
    }
    return found;
  }
}
