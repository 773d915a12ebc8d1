package dev.mintlog.processor.command;

import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits offsets over what is finished, where they have moved. Confined to the poll loop. */
final class OffsetCommits {
  static final Duration COMMIT_MAX = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(OffsetCommits.class);
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();

  private final Consumer<byte[], byte[]> consumer;
  private final Runnable before;
  private final Map<Integer, Long> committed = new HashMap<>();
  private long committedAt = System.nanoTime();

  /** @param before called before each commit */
  OffsetCommits(Consumer<byte[], byte[]> consumer, Runnable before) {
    this.consumer = consumer;
    this.before = before;
  }

  /** Commits without waiting, where it is time to. */
  void nowAndThen(Collection<AssignedPartition> partitions) {
    long now = System.nanoTime();
    if (now - committedAt < COMMIT_EVERY_NANOS) {
      return;
    }
    committedAt = now;
    Map<TopicPartition, OffsetAndMetadata> offsets = moved(partitions);
    if (!offsets.isEmpty()) {
      before.run();
      consumer.commitAsync(offsets, (tried, failure) -> {
        if (failure != null) {
          // The next commit says the same or more.
          LOG.debug("offsets were not committed: {}", failure.getMessage());
          tried.keySet().forEach(partition -> committed.remove(partition.partition()));
        }
      });
    }
  }

  /** Commits and waits, bounded; the partitions are to be given away. */
  void beforeGivingAway(Collection<AssignedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = moved(partitions);
    if (!offsets.isEmpty()) {
      before.run();
      commit(offsets);
    }
  }

  /** The partition is ours no more. */
  void forget(int partition) {
    committed.remove(partition);
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    try {
      consumer.commitSync(offsets, COMMIT_MAX);
    } catch (WakeupException e) {
      // Meant for the poll.
      commit(offsets);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.info("offsets were not committed, the partitions have gone already: {}", e.getMessage());
    } catch (KafkaException e) {
      LOG.warn("offsets were not committed, the commands since are delivered again: {}", e.getMessage());
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> moved(Collection<AssignedPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (AssignedPartition partition : partitions) {
      OptionalLong offset = partition.progress().committable();
      int number = partition.number();
      if (offset.isPresent() && offset.getAsLong() != committed.getOrDefault(number, -1L)) {
        committed.put(number, offset.getAsLong());
        offsets.put(new TopicPartition(Topics.COMMANDS, number), new OffsetAndMetadata(offset.getAsLong()));
      }
    }
    return offsets;
  }
}
