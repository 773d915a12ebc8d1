package dev.mintlog.processor.changelog;

import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The topic {@code authorizations}, read by a consumer of its own, made when it is needed. */
public final class KafkaChangelog implements Changelog {
  /**
   * A primary that restarts or takes over may have lost its last two minutes, and who was paused may have recorded what
   * it committed a while later.
   */
  static final Duration TAIL_LENGTH = Duration.ofMinutes(3);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ChangelogRecords records;

  /** @param consumers makes a consumer that is in no group */
  public KafkaChangelog(Supplier<Consumer<byte[], byte[]>> consumers, ChangelogRecords records) {
    this.consumers = consumers;
    this.records = records;
  }

  @Override
  public Map<Integer, RuntimeException> read(Map<Integer, Span> spans, Batches batches) throws InterruptedException {
    Map<Integer, RuntimeException> failures = new TreeMap<>();
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions = spans.keySet().stream()
          .map(partition -> new TopicPartition(Topics.AUTHORIZATIONS, partition)).toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
      starts(consumer, spans, ends).forEach(consumer::seek);
      ChangelogReading.toTheEnd(consumer, ends, found -> {
        for (TopicPartition partition : found.partitions()) {
          try {
            batches.take(partition.partition(), records.opened(found.records(partition)));
          } catch (InfrastructureException | KafkaException | SchemaRegistryUnavailableException e) {
            throw e;
          } catch (RuntimeException e) {
            // Of this one nothing more is wanted; the others are read on.
            failures.put(partition.partition(), e);
            consumer.pause(List.of(partition));
            ends.remove(partition);
          }
        }
      });
      return failures;
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException | SchemaRegistryUnavailableException e) {
      throw new InfrastructureException("expected to read the changelog, but could not: " + e.getMessage(), e);
    }
  }

  // Ends, not contents: commands are kept for minutes only.
  @Override
  public boolean isBeforeEveryCommand() throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions = consumer.partitionsFor(Topics.COMMANDS).stream()
          .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
      return !partitions.isEmpty() && consumer.endOffsets(partitions).values().stream().allMatch(end -> end == 0);
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException e) {
      throw new InfrastructureException("expected to find the end of the commands, but could not: " + e.getMessage(), e);
    }
  }

  private static Map<TopicPartition, Long> starts(Consumer<byte[], byte[]> consumer, Map<Integer, Span> spans,
      Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> starts = new HashMap<>(consumer.beginningOffsets(ends.keySet()));
    Map<TopicPartition, Long> last = new HashMap<>();
    spans.forEach((number, span) -> {
      TopicPartition partition = new TopicPartition(Topics.AUTHORIZATIONS, number);
      if (span == Span.TAIL && ends.get(partition) > starts.get(partition)) {
        last.put(partition, ends.get(partition) - 1);
      }
    });
    if (!last.isEmpty()) {
      starts.putAll(ChangelogReading.tailStarts(consumer, last, ends, TAIL_LENGTH));
    }
    return starts;
  }
}
