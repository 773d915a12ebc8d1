package dev.mintlog.system;

import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.RecordMac;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.schema.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** The log, read from its beginning to where it ends now. */
final class Log {
  private static final Duration READ_MAX = Duration.ofSeconds(20);

  private final RunningSystem system;

  Log(RunningSystem system) {
    this.system = system;
  }

  /** All records of a topic as bytes. */
  List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = Consumers.assigned(system.kafka())) {
      List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
          .map(partition -> new TopicPartition(topic, partition.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + READ_MAX.toNanos();
      while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("expected to read " + topic + " within " + READ_MAX);
        }
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
      return records;
    }
  }

  /** Authentic records of a type, in the order of each partition. */
  <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
    try (RecordCodec codec = new RecordCodec(system.schemaRegistry().uri().toString(), false)) {
      LogRecords reader = new LogRecords(codec, new RecordMac(SecretRing.of(system.channelSecret())));
      List<T> values = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
        if (reader.read(record) instanceof LogRecords.Reading.Authentic authentic && type.isInstance(authentic.value())) {
          values.add(type.cast(authentic.value()));
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T extends SpecificRecord> List<T> events(Class<T> type) {
    return values(Topics.EVENTS, type);
  }
}
