package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The poll loop against the client's own double of a consumer. */
class TokenCommandConsumerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  /** The least that may be configured. */
  private static final int IN_FLIGHT_MAX = 1_000;

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RecordCodec codec = new RecordCodec("mock://consumer", true);
  private final LogRecords records = new LogRecords(codec, new RecordMac(channel));
  private final Partitions partitions = new Partitions(2);
  private final Map<TopicPartition, OffsetAndMetadata> committedFinally = new ConcurrentHashMap<>();
  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name()) {
    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
      committedFinally.putAll(offsets);
      super.commitSync(offsets, timeout);
    }
  };
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Lives lives = new Lives();
  private final TokenCommandConsumer consumer = new TokenCommandConsumer(kafka, records,
      new TokenCommandMapper("topic", partitions, new Opener(channel, Direction.COMMAND)),
      new DeadCommands(producer, records, timer), lives, IN_FLIGHT_MAX);
  private final Map<Integer, Long> nextOffsets = new HashMap<>();

  /** Remembers what it was given. */
  private static final class Lives implements TokenCommandConsumer.Listener {
    final List<CommandInFlight> arrived = new CopyOnWriteArrayList<>();
    final List<Integer> assigned = new CopyOnWriteArrayList<>();
    final List<Integer> givenAway = new CopyOnWriteArrayList<>();
    final List<String> failures = new CopyOnWriteArrayList<>();
    volatile int inFlight;
    volatile Set<Integer> stuck = Set.of();

    @Override
    public void arrived(List<CommandInFlight> commands) {
      commands.forEach(command -> command.partition().enter());
      arrived.addAll(commands);
    }

    @Override
    public int inFlight() {
      return inFlight;
    }

    @Override
    public Set<Integer> stuck() {
      return stuck;
    }

    @Override
    public void assigned(Collection<Integer> partitions) {
      assigned.addAll(partitions);
    }

    @Override
    public void givingAway(Collection<Integer> partitions) {}

    @Override
    public void givenAway(Collection<Integer> partitions) {
      givenAway.addAll(partitions);
    }

    @Override
    public void committingOffsets() {}

    @Override
    public void failed(String why) {
      failures.add(why);
    }
  }

  @BeforeEach
  void start() {
    codec.prepare(WireSchemas.of(Topics.COMMANDS, Topics.COMMANDS_DEAD), Duration.ofSeconds(5));
    kafka.updateBeginningOffsets(Map.of(topicPartition(0), 0L, topicPartition(1), 0L));
    consumer.start();
    onPoll(() -> kafka.rebalance(List.of(topicPartition(0), topicPartition(1))));
    await().atMost(SOON).until(() -> lives.assigned.size() == 2);
  }

  @AfterEach
  void stop() throws Exception {
    consumer.close(Duration.ofMillis(100));
    timer.shutdownNow();
    assertThat(lives.failures).isEmpty();
  }

  @Test
  void shouldHandOverTheCommandsOfAPollTogether() {
    // When
    onPoll(() -> {
      add(command());
      add(command());
    });
    // Then
    await().atMost(SOON).until(() -> lives.arrived.size() == 2);
    assertThat(consumer.hasJoined()).isTrue();
    assertThat(consumer.owned()).containsExactly(0, 1);
  }

  @Test
  void shouldCommitOverWhatIsFinishedWithoutAGap() {
    // Given
    String key = keyOf(0);
    onPoll(() -> {
      add(command(key));
      add(command(key));
      add(command(key));
    });
    await().atMost(SOON).until(() -> lives.arrived.size() == 3);
    // When
    lives.arrived.get(0).finish();
    lives.arrived.get(2).finish();
    // Then
    await().atMost(SOON).until(() -> committed(0) == 1);
    lives.arrived.get(1).finish();
    await().atMost(SOON).until(() -> committed(0) == 3);
  }

  @Test
  void shouldPutAsideWhatIsNoCommandAndGoOn() {
    // Given
    String key = keyOf(1);
    ProducerRecord<byte[], byte[]> garbage =
        new ProducerRecord<>(Topics.COMMANDS, 1, key.getBytes(StandardCharsets.UTF_8), new byte[] {1, 2, 3});
    // When
    onPoll(() -> {
      add(garbage);
      add(command(key));
    });
    // Then
    await().atMost(SOON).until(() -> lives.arrived.size() == 1);
    assertThat(producer.history()).hasSize(1);
    assertThat(producer.history().get(0).topic()).isEqualTo(Topics.COMMANDS_DEAD);
    DeadCommand dead = (DeadCommand) codecDecoded(producer.history().get(0));
    assertThat(dead.getOffset()).isZero();
    assertThat(dead.getReason()).contains("MAC");
    lives.arrived.get(0).finish();
    await().atMost(SOON).until(() -> committed(1) == 2);
  }

  @Test
  void shouldPauseWhileTooMuchIsInFlightAndGoOnAfterwards() {
    // When
    lives.inFlight = IN_FLIGHT_MAX;
    // Then
    await().atMost(SOON).until(() -> consumer.isPaused() && kafka.paused().size() == 2);
    // When
    lives.inFlight = 0;
    // Then
    await().atMost(SOON).until(() -> !consumer.isPaused() && kafka.paused().isEmpty());
  }

  @Test
  void shouldHoldAPartitionThatIsStuckAtItsFirstCommandWhereTheLeastMayBeInFlight() {
    // Given
    lives.stuck = Set.of(0);
    // When
    onPoll(() -> add(command(keyOf(0))));
    // Then
    await().atMost(SOON).until(() -> kafka.paused().equals(Set.of(topicPartition(0))));
    onPoll(() -> add(command(keyOf(1))));
    await().atMost(SOON).until(() -> lives.arrived.size() == 2);
    // When
    lives.stuck = Set.of();
    // Then
    await().atMost(SOON).until(() -> kafka.paused().isEmpty());
  }

  @Test
  void shouldGoOnWithTheOthersWhereAPartitionIsStuckAfterAFullPoll() {
    // Given: all that one poll brings, before it is known that it cannot go on
    String key = keyOf(0);
    onPoll(() -> {
      for (int i = 0; i < TokenCommandConsumer.POLL_RECORDS_MAX; i++) {
        add(command(key));
      }
    });
    await().atMost(SOON).until(() -> lives.arrived.size() == TokenCommandConsumer.POLL_RECORDS_MAX);
    lives.inFlight = TokenCommandConsumer.POLL_RECORDS_MAX;
    // When
    lives.stuck = Set.of(0);
    await().atMost(SOON).until(() -> kafka.paused().equals(Set.of(topicPartition(0))));
    onPoll(() -> {
      add(command(key));
      add(command(keyOf(1)));
    });
    // Then
    await().atMost(SOON).until(() -> lives.arrived.size() > TokenCommandConsumer.POLL_RECORDS_MAX);
    assertThat(lives.arrived.subList(TokenCommandConsumer.POLL_RECORDS_MAX, lives.arrived.size()))
        .extracting(command -> command.partition().number()).containsExactly(1);
    assertThat(consumer.isPaused()).isFalse();
    // When
    lives.stuck = Set.of();
    // Then
    await().atMost(SOON).until(() -> lives.arrived.size() == TokenCommandConsumer.POLL_RECORDS_MAX + 2);
  }

  @Test
  void shouldCommitWhatIsFinishedBeforeItGivesAPartitionAway() {
    // Given
    String key = keyOf(0);
    onPoll(() -> add(command(key)));
    await().atMost(SOON).until(() -> lives.arrived.size() == 1);
    CommandInFlight command = lives.arrived.get(0);
    // When: its offset was not yet due when the group took the partition away
    onPoll(() -> {
      command.finish();
      command.partition().leave();
      kafka.rebalance(List.of(topicPartition(1)));
    });
    // Then
    await().atMost(SOON).until(() -> consumer.owned().equals(Set.of(1)));
    assertThat(lives.givenAway).contains(0);
    assertThat(command.partition().isDropped()).isTrue();
    assertThat(committedFinally).hasEntrySatisfying(
        topicPartition(0), offset -> assertThat(offset.offset()).isEqualTo(1));
  }

  private void onPoll(Runnable task) {
    kafka.schedulePollTask(task);
  }

  private long committed(int partition) {
    return Optional.ofNullable(kafka.committed(Set.of(topicPartition(partition))).get(topicPartition(partition)))
        .map(offset -> offset.offset()).orElse(-1L);
  }

  private ProducerRecord<byte[], byte[]> command() {
    return command("default/" + randomText());
  }

  private ProducerRecord<byte[], byte[]> command(String key) {
    Instant now = Instant.now();
    CommandHeader header = new CommandHeader(randomText(), "default", "app", now, now.plusSeconds(9), 1L, 0, List.of(),
        List.of(), null, null, "", null);
    return records.record(Topics.COMMANDS, partitions.of(key), key, new RequestClientCredentials(header, null));
  }

  private String keyOf(int partition) {
    String key = "default/" + randomText();
    while (partitions.of(key) != partition) {
      key = "default/" + randomText();
    }
    return key;
  }

  private void add(ProducerRecord<byte[], byte[]> sent) {
    long offset = nextOffsets.merge(sent.partition(), 1L, Long::sum) - 1;
    kafka.addRecord(new ConsumerRecord<>(sent.topic(), sent.partition(), offset, Instant.now().toEpochMilli(),
        TimestampType.LOG_APPEND_TIME, 0, 0, sent.key(), sent.value(), sent.headers(), Optional.empty()));
  }

  private Object codecDecoded(ProducerRecord<byte[], byte[]> sent) {
    try {
      return codec.decode(sent.topic(), sent.value());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TopicPartition topicPartition(int partition) {
    return new TopicPartition(Topics.COMMANDS, partition);
  }

  private static String randomText() {
    return CommandFixture.randomId().value();
  }
}
