package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The end of the topic {@code authorizations}. Its consumer is made when it is needed, and anew after a failure. */
public final class KafkaChangelogTail implements ChangelogTail {
  /**
   * An owner sees what a former one wrote within two looks, and who takes over from it after a crash comes within a session
   * timeout; counted back from the newest record, since after a crash nobody writes.
   */
  static final Duration LOOK_BACK = Duration.ofSeconds(30);

  private static final Duration SILENCE_MAX = Duration.ofSeconds(5);
  private static final Duration APPEND_MAX = Duration.ofSeconds(35);

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Producer<byte[], byte[]> producer;
  private final LogRecords records;
  private final ChangelogStates states;
  private final ChangelogRecords found;
  private final OwnRecords own;
  private Consumer<byte[], byte[]> consumer;

  /**
   * @param consumers makes a consumer that is in no group
   * @param producer the one that writes the outcomes: what it sends later comes later
   * @param own told what was appended
   */
  public KafkaChangelogTail(Supplier<Consumer<byte[], byte[]>> consumers, Producer<byte[], byte[]> producer,
      LogRecords records, ChangelogStates states, ChangelogRecords found, OwnRecords own) {
    this.consumers = consumers;
    this.producer = producer;
    this.records = records;
    this.states = states;
    this.found = found;
    this.own = own;
  }

  @Override
  public Map<Integer, Long> ends(Collection<Integer> partitions) throws InterruptedException {
    return asked(asking -> byNumber(asking.endOffsets(named(partitions))));
  }

  @Override
  public Map<Integer, Long> starts(Collection<Integer> partitions) throws InterruptedException {
    return asked(asking -> {
      List<TopicPartition> named = named(partitions);
      asking.assign(named);
      Map<TopicPartition, Long> starts = new HashMap<>(asking.beginningOffsets(named));
      starts.putAll(ChangelogReading.startsOfTails(asking, asking.endOffsets(named), LOOK_BACK));
      return byNumber(starts);
    });
  }

  @Override
  public Read read(int partition, long from, long to, int recordsMax) throws InterruptedException {
    return asked(asking -> {
      TopicPartition named = new TopicPartition(Topics.AUTHORIZATIONS, partition);
      asking.assign(List.of(named));
      asking.seek(named, from);
      List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
      long heardAt = System.nanoTime();
      while (asking.position(named) < to && read.size() < recordsMax) {
        List<ConsumerRecord<byte[], byte[]>> batch = asking.poll(ChangelogReading.POLL).records(named);
        if (!batch.isEmpty()) {
          heardAt = System.nanoTime();
          batch.stream().filter(record -> record.offset() < to).forEach(read::add);
        } else if (System.nanoTime() - heardAt > SILENCE_MAX.toNanos()) {
          throw new InfrastructureException("the changelog could not be read for " + SILENCE_MAX.toSeconds() + " s");
        }
      }
      return new Read(found.opened(read), Math.min(to, asking.position(named)));
    });
  }

  @Override
  public void append(int partition, Collection<Authorization> newest) throws InterruptedException {
    List<Future<?>> sent = new ArrayList<>(newest.size());
    try {
      for (Authorization state : newest) {
        sent.add(producer.send(
            records.record(Topics.AUTHORIZATIONS, partition, state.id().key(), states.change(state)),
            (metadata, failure) -> {
              if (failure == null && metadata.hasOffset()) {
                own.acknowledged(partition, metadata.offset());
              }
            }));
      }
      for (Future<?> one : sent) {
        one.get(APPEND_MAX.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new InfrastructureException("the log did not acknowledge: " + e.getMessage(), e);
    }
  }

  private <T> T asked(Function<Consumer<byte[], byte[]>, T> question)
      throws InterruptedException {
    try {
      if (consumer == null) {
        consumer = consumers.get();
      }
      return question.apply(consumer);
    } catch (InterruptException e) {
      throw new InterruptedException();
    } catch (KafkaException | SchemaRegistryUnavailableException e) {
      close();
      throw new InfrastructureException("expected to look at the changelog, but could not: " + e.getMessage(), e);
    }
  }

  private static List<TopicPartition> named(Collection<Integer> partitions) {
    return partitions.stream().map(partition -> new TopicPartition(Topics.AUTHORIZATIONS, partition)).toList();
  }

  private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
    return offsets.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
  }

  @Override
  public void close() {
    if (consumer != null) {
      consumer.close();
      consumer = null;
    }
  }
}
