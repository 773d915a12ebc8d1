package dev.mintlog.registry.log;

import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.schema.Headers;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;

/** The registry topic, read from its beginning; only what a transaction committed. One thread reads. */
public final class RegistryTopic implements AutoCloseable {
  private static final TopicPartition PARTITION = new TopicPartition(Topics.REGISTRY, 0);
  private static final Duration CALL_MAX = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  private RegistryTopic(KafkaConsumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /**
   * Opens the topic at its beginning.
   *
   * @param bound how long Kafka, or the topic, is waited for
   * @throws RegistryException where it is not there by then
   */
  public static RegistryTopic open(KafkaSettings settings, Duration bound) {
    KafkaConsumer<byte[], byte[]> consumer = Consumers.committed(settings);
    try {
      awaitTopic(consumer, settings, bound);
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      return new RegistryTopic(consumer);
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  private static void awaitTopic(KafkaConsumer<byte[], byte[]> consumer, KafkaSettings settings, Duration bound) {
    long deadlineNanos = System.nanoTime() + bound.toNanos();
    while (true) {
      String missing;
      try {
        List<PartitionInfo> partitions = consumer.partitionsFor(Topics.REGISTRY, CALL_MAX);
        if (partitions != null && !partitions.isEmpty()) {
          checkPartitions(partitions);
          return;
        }
        missing = "there is no topic '" + Topics.REGISTRY + "'";
      } catch (InterruptException e) {
        throw new RegistryException("interrupted while waiting for Kafka", e);
      } catch (KafkaException e) {
        missing = e.getMessage();
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new RegistryException("kafka.bootstrap-servers: expected the topic '" + Topics.REGISTRY + "' at "
            + settings.bootstrapServers() + " within " + bound.toSeconds() + " s, found: " + missing);
      }
      pause();
    }
  }

  private static void checkPartitions(List<PartitionInfo> partitions) {
    if (partitions.size() != 1) {
      throw new RegistryException("expected the topic '" + Topics.REGISTRY + "' to have one partition, found "
          + partitions.size());
    }
  }

  /** Hands over what came; where the reader throws, the record is handed over again at the next call. */
  public void poll(Consumer<SignedRecord> reader) {
    for (ConsumerRecord<byte[], byte[]> found : consumer.poll(POLL)) {
      Header signature = found.headers().lastHeader(Headers.SIGNATURE);
      try {
        reader.accept(new SignedRecord(found.key(), found.value(), signature == null ? null : signature.value()));
      } catch (RuntimeException e) {
        consumer.seek(PARTITION, found.offset());
        throw e;
      }
    }
  }

  /**
   * Reads up to what is committed now.
   *
   * @throws RegistryException where that takes longer than the bound
   */
  public void readToEnd(Consumer<SignedRecord> reader, Duration bound) {
    long deadlineNanos = System.nanoTime() + bound.toNanos();
    try {
      long end = consumer.endOffsets(List.of(PARTITION), bound).get(PARTITION);
      while (consumer.position(PARTITION, bound) < end) {
        poll(reader);
        if (System.nanoTime() > deadlineNanos) {
          throw new RegistryException("expected the registry topic to be read within " + bound.toSeconds()
              + " s, found " + (end - consumer.position(PARTITION)) + " records left");
        }
      }
    } catch (KafkaException e) {
      throw new RegistryException("kafka.bootstrap-servers: expected to read the registry topic, found: "
          + e.getMessage(), e);
    }
  }

  /** From another thread: a poll under way, or else the next one, throws {@link WakeupException}. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryException("interrupted while waiting for the registry topic", e);
    }
  }
}
