package dev.mintlog.audit;

import static dev.mintlog.audit.Events.denied;
import static dev.mintlog.audit.Events.issued;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.Topics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTrailTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir
  static Path directory;

  private static TestBroker broker;
  private static KafkaSettings settings;
  private static RecordCodec codec;
  private static LogRecords ours;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(directory, 6_000);
    settings = KafkaSettings.of(broker.bootstrapServers(), true, "audit-test");
    codec = new RecordCodec("mock://audit-trail", true);
    codec.prepare(WireSchemas.of(Topics.EVENTS), Duration.ofSeconds(5));
    ours = records();
    try (Admin admin = Admins.open(settings)) {
      LogLayout.create(admin, settings, 2);
    }
    producer = Producers.processor(settings);
  }

  @AfterAll
  static void stop() throws Exception {
    producer.close();
    codec.close();
    broker.close();
  }

  private static LogRecords records() {
    return new LogRecords(codec, new RecordMac(SecretRing.of(RootSecret.random(RANDOM))));
  }

  private static void append(LogRecords by, int partition, SpecificRecord event) throws Exception {
    producer.send(by.record(Topics.EVENTS, partition, "default/key", event)).get(20, TimeUnit.SECONDS);
  }

  @Test
  void shouldReadAuthenticEventsEachOnceAndThenFollow() throws Exception {
    // Given
    append(ours, 0, denied("c1", "a"));
    append(ours, 0, issued("c1", "a"));
    append(ours, 0, issued("c1", "a"));
    append(ours, 1, issued("c2", "b"));
    append(records(), 1, issued("forged", "a"));
    producer.send(new ProducerRecord<>(Topics.EVENTS, 0, null, new byte[] {1, 2})).get(20, TimeUnit.SECONDS);

    // When / Then
    try (AuditTrail trail = new AuditTrail(settings, ours)) {
      assertThat(trail.read(AuditQuery.ALL)).extracting(entry -> entry.header().getEventId())
          .containsExactly("issued-c1", "issued-c2");
      assertThat(trail.tally()).isEqualTo(new AuditTally(6, 1, 2, 0));
    }
    try (AuditTrail trail = new AuditTrail(settings, ours)) {
      assertThat(trail.read(AuditQuery.ALL.ofClient("b"))).hasSize(1);
    }
    try (AuditTrail trail = new AuditTrail(settings, ours)) {
      assertThat(trail.read(AuditQuery.ALL.from(java.time.Instant.now().plusSeconds(3600)))).isEmpty();
    }

    // When: followed, and one more is appended after what was there has been told
    List<String> told = new ArrayList<>();
    long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try (AuditTrail trail = new AuditTrail(settings, ours)) {
      trail.follow(AuditQuery.ALL.ofClient("b"), entry -> told.add(entry.header().getEventId()), () -> {
        if (told.size() == 1) {
          appendOnce();
        }
        return told.size() < 2 && System.nanoTime() < deadlineNanos;
      });
    }

    // Then
    assertThat(told).containsExactly("issued-c2", "issued-c3");
  }

  private void appendOnce() {
    try {
      append(ours, 0, issued("c3", "b"));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldNotWaitForEverForWhatTheLogSaysItHolds() {
    // Given: a partition with five records, of which none comes
    TopicPartition partition = new TopicPartition(Topics.EVENTS, 0);
    MockConsumer<byte[], byte[]> silent = new MockConsumer<>("earliest");
    silent.updatePartitions(Topics.EVENTS, List.of(new PartitionInfo(Topics.EVENTS, 0, null, null, null)));
    silent.updateBeginningOffsets(Map.of(partition, 0L));
    silent.updateEndOffsets(Map.of(partition, 5L));

    // When / Then
    try (AuditTrail trail = new AuditTrail(settings, ours, silent, Duration.ofMillis(100))) {
      assertThatThrownBy(() -> trail.read(AuditQuery.ALL))
          .isInstanceOf(AuditUnavailableException.class)
          .hasMessageContaining("nothing of what it holds");
    }
  }

  @Test
  void shouldSayInOneLineThatKafkaIsAway() {
    try (AuditTrail trail = new AuditTrail(KafkaSettings.of("127.0.0.1:1", true, "audit-test"), ours)) {
      assertThatThrownBy(() -> trail.read(AuditQuery.ALL))
          .isInstanceOf(AuditUnavailableException.class)
          .hasMessageStartingWith("kafka.bootstrap-servers: expected to read 'token-events' at 127.0.0.1:1")
          .hasMessageNotContaining("\n");
    }
  }
}
