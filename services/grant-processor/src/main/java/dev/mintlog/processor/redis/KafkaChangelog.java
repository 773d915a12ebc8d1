package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.schema.AuthorizationChange;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic {@code authorizations}, read by a consumer of its own, made when it is needed. */
public final class KafkaChangelog implements Changelog {
  /**
   * A primary that restarts or takes over may have lost its last two minutes, and who was paused may have recorded what
   * it committed a while later.
   */
  static final Duration TAIL_LENGTH = Duration.ofMinutes(3);

  private static final Logger LOG = LoggerFactory.getLogger(KafkaChangelog.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final LogRecords records;
  private final ChangelogStates states;

  /** @param consumers makes a consumer that is in no group */
  public KafkaChangelog(Supplier<Consumer<byte[], byte[]>> consumers, LogRecords records, ChangelogStates states) {
    this.consumers = consumers;
    this.records = records;
    this.states = states;
  }

  @Override
  public void read(Map<Integer, Span> spans, java.util.function.Consumer<List<Authorization>> batches)
      throws InterruptedException {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      List<TopicPartition> partitions = spans.keySet().stream()
          .map(partition -> new TopicPartition(Topics.AUTHORIZATIONS, partition)).toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Map<TopicPartition, Long> starts = starts(consumer, spans, ends);
      starts.forEach(consumer::seek);
      toTheEnd(consumer, ends, found -> batches.accept(opened(found)));
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
      starts.putAll(tailStarts(consumer, last, ends));
    }
    return starts;
  }

  // Counted back from the newest record, not from now: since Redis lost its last writes nothing may have been written
  // for hours. A partition whose newest record is not found where it must be is missing here, and read as a whole.
  private static Map<TopicPartition, Long> tailStarts(Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Long> last, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> newest = new HashMap<>();
    last.forEach(consumer::seek);
    consumer.pause(ends.keySet().stream().filter(partition -> !last.containsKey(partition)).toList());
    Map<TopicPartition, Long> theirEnds = new HashMap<>(ends);
    theirEnds.keySet().retainAll(last.keySet());
    toTheEnd(consumer, theirEnds, found -> found.forEach(record -> newest.putIfAbsent(
        new TopicPartition(record.topic(), record.partition()), record.timestamp())));
    consumer.resume(consumer.paused());
    newest.replaceAll((partition, timestamp) -> timestamp - TAIL_LENGTH.toMillis());
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

  private static void toTheEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends,
      java.util.function.Consumer<ConsumerRecords<byte[], byte[]>> batches) {
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

  private static boolean isAtEnd(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private List<Authorization> opened(ConsumerRecords<byte[], byte[]> found) {
    List<Authorization> opened = new ArrayList<>(found.count());
    int foreign = 0;
    for (ConsumerRecord<byte[], byte[]> record : found) {
      Optional<Authorization> state = opened(record);
      if (state.isPresent()) {
        opened.add(state.get());
      } else {
        foreign++;
      }
    }
    if (foreign > 0) {
      LOG.warn("passed over {} record(s) of the changelog that no holder of the secrets wrote", foreign);
    }
    return opened;
  }

  private Optional<Authorization> opened(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null || record.key() == null) {
      return Optional.empty();
    }
    Reading reading = records.read(record);
    if (!(reading instanceof Reading.Authentic authentic)
        || !(authentic.value() instanceof AuthorizationChange change)) {
      return Optional.empty();
    }
    AuthorizationId id = AuthorizationId.ofKey(new String(record.key(), StandardCharsets.UTF_8));
    return states.open(id, change);
  }
}
