package dev.mintlog.processor.changelog;

import dev.mintlog.processor.life.InfrastructureException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** How partitions of the changelog are read by a consumer that has them assigned by hand. */
final class ChangelogReading {
  static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private ChangelogReading() {}

  /** Where the last so much time of each partition begins; those that hold nothing, or do not say, are missing. */
  static Map<TopicPartition, Long> startsOfTails(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends, Duration length) {
    Map<TopicPartition, Long> last = new HashMap<>();
    consumer.beginningOffsets(ends.keySet()).forEach((partition, start) -> {
      if (ends.get(partition) > start) {
        last.put(partition, ends.get(partition) - 1);
      }
    });
    return last.isEmpty() ? Map.of() : tailStarts(consumer, last, ends, length);
  }

  // Counted back from the newest record, not from now: since Redis lost its last writes nothing may have been written
  // for hours. A partition whose newest record is not found where it must be is missing here, and read as a whole.
  static Map<TopicPartition, Long> tailStarts(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> last, Map<TopicPartition, Long> ends, Duration length) {
    Map<TopicPartition, Long> newest = new HashMap<>();
    last.forEach(consumer::seek);
    consumer.pause(ends.keySet().stream().filter(partition -> !last.containsKey(partition)).toList());
    Map<TopicPartition, Long> theirEnds = new HashMap<>(ends);
    theirEnds.keySet().retainAll(last.keySet());
    toTheEnd(consumer, theirEnds, found -> found.forEach(record -> newest.putIfAbsent(
        new TopicPartition(record.topic(), record.partition()), record.timestamp())));
    consumer.resume(consumer.paused());
    newest.replaceAll((partition, timestamp) -> timestamp - length.toMillis());
    Map<TopicPartition, Long> starts = new HashMap<>();
    if (!newest.isEmpty()) {
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found : consumer.offsetsForTimes(newest).entrySet()) {
        if (found.getValue() != null) {
          starts.put(found.getKey(), found.getValue().offset());
        }
      }
    }
    return starts;
  }

  /** @param ends may lose partitions meanwhile, whose ends are then not waited for */
  static void toTheEnd(org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> ends, Consumer<ConsumerRecords<byte[], byte[]>> batches) {
    long heardAt = System.nanoTime();
    while (!isAtEnd(consumer, ends)) {
      ConsumerRecords<byte[], byte[]> found = consumer.poll(POLL);
      if (!found.isEmpty()) {
        heardAt = System.nanoTime();
        batches.accept(found);
      } else if (System.nanoTime() - heardAt > SILENCE_MAX.toNanos()) {
        throw new InfrastructureException("the changelog could not be read for " + SILENCE_MAX.toSeconds() + " s");
      }
    }
  }

  private static boolean isAtEnd(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }
}
