package dev.mintlog.edge.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestClientCredentials;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaCommandLogTest {
  private static final Partitions PARTITIONS = new Partitions(4);
  private static final RequestClientCredentials COMMAND = new RequestClientCredentials(
      new CommandHeader("A".repeat(22), "default", "app", Instant.EPOCH, Instant.EPOCH, 1L, 3, List.of(),
          List.of(), null, null, "", null), "api.read");

  private final LogRecords records = records();
  private final MockProducer<byte[], byte[]> producer = new MockProducer<>(cluster(), false, null,
      new ByteArraySerializer(), new ByteArraySerializer());
  private final List<Unanswered> failures = new ArrayList<>();
  private boolean reachable = true;

  @Test
  void shouldAppendToThePartitionOfTheKeyWithAMac() {
    log(producer).append("some key", COMMAND, failures::add);

    ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
    assertThat(sent.topic()).isEqualTo(Topics.COMMANDS);
    assertThat(sent.partition()).isEqualTo(PARTITIONS.of("some key"));
    assertThat(sent.key()).asString().isEqualTo("some key");
    ConsumerRecord<byte[], byte[]> received =
        new ConsumerRecord<>(sent.topic(), sent.partition(), 0, sent.key(), sent.value());
    sent.headers().forEach(received.headers()::add);
    assertThat(records.read(received)).isEqualTo(new LogRecords.Reading.Authentic(COMMAND));
  }

  @Test
  void shouldReportNothingWhenTheLogHasIt() {
    log(producer).append("key", COMMAND, failures::add);

    producer.completeNext();

    assertThat(failures).isEmpty();
  }

  @Test
  void shouldSayMaybeWhenTheLogFailedLater() throws Exception {
    log(producer).append("key", COMMAND, failures::add);

    Thread io = new Thread(() -> producer.errorNext(new TimeoutException("expired")));
    io.start();
    io.join(10_000);

    assertThat(failures).containsExactly(Unanswered.MAYBE_APPENDED);
  }

  @Test
  void shouldSayNoAtOnceAndSendNothingWhileKafkaDoesNotAnswer() {
    reachable = false;
    KafkaCommandLog log = log(producer);

    log.append("key", COMMAND, failures::add);

    assertThat(failures).containsExactly(Unanswered.NOT_APPENDED);
    assertThat(producer.history()).isEmpty();
    assertThat(log.failures()).isEqualTo(1);
  }

  @Test
  void shouldSayNoWhenTheProducerRefusedAtOnce() {
    MockProducer<byte[], byte[]> full =
        new MockProducer<>(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            callback.onCompletion(null, new TimeoutException("no room within 0 ms"));
            return CompletableFuture.failedFuture(new TimeoutException("no room within 0 ms"));
          }
        };
    KafkaCommandLog log = log(full);

    log.append("key", COMMAND, failures::add);

    assertThat(failures).containsExactly(Unanswered.NOT_APPENDED);
    assertThat(log.failures()).isEqualTo(1);
  }

  private KafkaCommandLog log(MockProducer<byte[], byte[]> target) {
    return new KafkaCommandLog(target, records, PARTITIONS, 3, InstantSource.system(),
        new ClockFit("the clock", InstantSource.system()), () -> reachable);
  }

  private static LogRecords records() {
    RecordCodec codec = new RecordCodec("mock://command-log", true);
    codec.prepare(WireSchemas.of(Topics.COMMANDS), Duration.ofSeconds(10));
    return new LogRecords(codec, new RecordMac(SecretRing.of(RootSecret.random(new SecureRandom()))));
  }

  private static Cluster cluster() {
    List<PartitionInfo> partitions = IntStream.range(0, PARTITIONS.count())
        .mapToObj(number -> new PartitionInfo(Topics.COMMANDS, number, Node.noNode(), new Node[0], new Node[0]))
        .toList();
    return new Cluster("id", List.of(), partitions, java.util.Set.of(), java.util.Set.of());
  }
}
