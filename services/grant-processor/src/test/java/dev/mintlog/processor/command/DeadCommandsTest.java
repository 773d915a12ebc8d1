package dev.mintlog.processor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.Topics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody without the secret can have put aside, on a real broker with its usual bounds. */
class DeadCommandsTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int HALF = DeadCommands.CONTENT_MAX_BYTES / 2;

  @TempDir
  static Path directory;

  private static TestBroker broker;
  private static KafkaSettings settings;
  private static Admin admin;
  private static RecordCodec codec;
  private static LogRecords records;
  private static KafkaProducer<byte[], byte[]> producer;
  private static ScheduledExecutorService timer;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final DeadCommands dead = new DeadCommands(producer, records, timer);

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(directory, 1_000);
    settings = KafkaSettings.of(broker.bootstrapServers(), true, "test");
    admin = Admins.open(settings);
    LogLayout.create(admin, settings, 1);
    codec = new RecordCodec("mock://dead-commands", true);
    codec.prepare(WireSchemas.of(Topics.COMMANDS_DEAD), Duration.ofSeconds(5));
    records = new LogRecords(codec, new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom()))));
    producer = Producers.processor(settings);
    timer = Executors.newSingleThreadScheduledExecutor();
  }

  @AfterAll
  static void stop() {
    timer.shutdownNow();
    producer.close(Duration.ofSeconds(1));
    admin.close();
    broker.close();
  }

  @Test
  void shouldKeepKeyAndValueUpToTheirBound() {
    // When
    DeadCommand buried = buried(1, HALF, HALF);
    // Then
    assertThat(buried.getKey().remaining()).isEqualTo(HALF);
    assertThat(buried.getValue().remaining()).isEqualTo(HALF);
    assertThat(buried.getReason()).isEqualTo("not authentic");
  }

  @Test
  void shouldPutAsideWithoutItsContentWhatIsBeyondTheBound() {
    // When
    DeadCommand buried = buried(2, HALF, HALF + 1);
    // Then
    assertThat(buried.getKey()).isNull();
    assertThat(buried.getValue()).isNull();
    assertThat(buried.getReason()).startsWith("not authentic").contains(HALF + " and " + (HALF + 1) + " bytes");
  }

  @Test
  void shouldHoldNothingUpByALargeKeyAndALargeValue() {
    // Each within the bound: with the key a second time beside them they would be more than the log takes.
    assertThat(buried(3, DeadCommands.CONTENT_MAX_BYTES - 1, DeadCommands.CONTENT_MAX_BYTES - 1).getValue()).isNull();
  }

  @Test
  void shouldPutAsideWithoutItsContentWhatTheLogDoesNotTake() throws Exception {
    // Given a topic that takes less than what we would keep
    maxMessageBytes("2000");
    try {
      // When
      DeadCommand buried = buried(4, 10, 10_000);
      // Then
      assertThat(buried.getKey()).isNull();
      assertThat(buried.getValue()).isNull();
      assertThat(buried.getReason()).contains("10 and 10000 bytes");
    } finally {
      maxMessageBytes("1048588");
    }
  }

  private DeadCommand buried(long offset, int keyBytes, int valueBytes) {
    dead.bury(new ConsumerRecord<>(Topics.COMMANDS, 0, offset, new byte[keyBytes], new byte[valueBytes]),
        "not authentic", acknowledged::incrementAndGet);
    await().atMost(SOON).until(() -> acknowledged.get() == 1);
    assertThat(dead.unacknowledged()).isZero();
    assertThat(dead.buried()).isEqualTo(1);
    List<DeadCommand> found = read().stream().filter(command -> command.getOffset() == offset).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<DeadCommand> read() {
    TopicPartition partition = new TopicPartition(Topics.COMMANDS_DEAD, 0);
    List<DeadCommand> found = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = Consumers.assigned(settings)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          found.add((DeadCommand) ((Reading.Authentic) records.read(record)).value());
        }
      }
    }
    return found;
  }

  private static void maxMessageBytes(String bytes) throws Exception {
    admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, Topics.COMMANDS_DEAD),
        List.of(new AlterConfigOp(new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes),
            AlterConfigOp.OpType.SET)))).all().get();
  }
}
