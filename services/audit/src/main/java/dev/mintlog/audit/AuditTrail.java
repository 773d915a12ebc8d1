package dev.mintlog.audit;

import dev.mintlog.channel.log.Consumers;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the audit's events: authentic ones, each once. One thread. */
public final class AuditTrail implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CALL_MAX = Duration.ofSeconds(15);
  /** Records that are known to be there and do not come for so long will not come. */
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  /** Takes events as they are told. */
  @FunctionalInterface
  public interface Reader {
    void take(AuditEntry entry);
  }

  private final KafkaSettings settings;
  private final LogRecords records;
  private final Consumer<byte[], byte[]> consumer;
  private final Duration silenceMax;
  private final SeenEvents seen = new SeenEvents();
  private AuditTally tally = AuditTally.NONE;

  /** @param records under the channel secret, which tells ours from others' */
  public AuditTrail(KafkaSettings settings, LogRecords records) {
    this(settings, records, Consumers.assigned(settings), SILENCE_MAX);
  }

  AuditTrail(KafkaSettings settings, LogRecords records, Consumer<byte[], byte[]> consumer, Duration silenceMax) {
    this.settings = settings;
    this.records = records;
    this.consumer = consumer;
    this.silenceMax = silenceMax;
  }

  /**
   * The events asked for that are in the log now, oldest first, by the broker's clock.
   *
   * @throws AuditUnavailableException one line, where the log or the schema registry does not answer
   */
  public List<AuditEntry> read(AuditQuery query) {
    try {
      List<TopicPartition> partitions = begin(query);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, CALL_MAX);
      NewestEntries newest = new NewestEntries(query.limit());
      long heardAt = System.nanoTime();
      while (!haveReached(ends)) {
        if (poll(query, newest::add)) {
          heardAt = System.nanoTime();
        } else if (System.nanoTime() - heardAt > silenceMax.toNanos()) {
          throw new TimeoutException("nothing of what it holds for " + silenceMax.toSeconds() + " s");
        }
      }
      return newest.oldestFirst();
    } catch (KafkaException | SchemaRegistryUnavailableException e) {
      throw unavailable(e);
    }
  }

  /**
   * Tells what {@link #read} gives, then each further event as it is appended. A TokenDenied that was told may be followed
   * by the TokenIssued that outranks it.
   *
   * @param goesOn asked several times a second; who says no ends it
   * @throws AuditUnavailableException one line, where the log or the schema registry does not answer
   */
  public void follow(AuditQuery query, Reader reader, BooleanSupplier goesOn) {
    read(query).forEach(reader::take);
    try {
      while (goesOn.getAsBoolean()) {
        poll(query, reader);
      }
    } catch (KafkaException | SchemaRegistryUnavailableException e) {
      throw unavailable(e);
    }
  }

  /** What was met so far. */
  public AuditTally tally() {
    return tally;
  }

  private List<TopicPartition> begin(AuditQuery query) {
    List<PartitionInfo> described = consumer.partitionsFor(Topics.EVENTS, CALL_MAX);
    if (described == null || described.isEmpty()) {
      throw new KafkaException("there is no topic '" + Topics.EVENTS + "'");
    }
    List<TopicPartition> partitions =
        described.stream().map(info -> new TopicPartition(info.topic(), info.partition())).toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    query.since().ifPresent(since -> seek(partitions, since));
    return partitions;
  }

  private void seek(List<TopicPartition> partitions, Instant since) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, CALL_MAX);
    partitions.forEach(partition -> {
      OffsetAndTimestamp first = found.get(partition);
      if (first == null) {
        consumer.seekToEnd(List.of(partition));
      } else {
        consumer.seek(partition, first.offset());
      }
    });
  }

  private boolean haveReached(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), CALL_MAX) >= end.getValue());
  }

  private boolean poll(AuditQuery query, Reader reader) {
    ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
    for (ConsumerRecord<byte[], byte[]> found : polled) {
      tally = tally.withRead();
      entry(found).filter(this::isNews).filter(query::wants).ifPresent(reader::take);
    }
    return !polled.isEmpty();
  }

  private Optional<AuditEntry> entry(ConsumerRecord<byte[], byte[]> found) {
    return records.read(found).match(
        authentic -> AuditEntry.of(
            authentic.value(), Instant.ofEpochMilli(found.timestamp()), found.partition(), found.offset()),
        forged -> {
          tally = tally.withForged();
          return Optional.empty();
        },
        undecodable -> {
          tally = tally.withUndecodable();
          return Optional.empty();
        });
  }

  private boolean isNews(AuditEntry entry) {
    boolean isNews = seen.isNews(entry);
    if (!isNews) {
      tally = tally.withRepeated();
    }
    return isNews;
  }

  private AuditUnavailableException unavailable(RuntimeException e) {
    return new AuditUnavailableException("kafka.bootstrap-servers: expected to read '" + Topics.EVENTS + "' at "
        + settings.bootstrapServers() + ", but found: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
