package dev.mintlog.processor.command;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.processor.command.TokenCommandMapper.Addressed;
import dev.mintlog.processor.command.TokenCommandMapper.NoCommandException;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop: takes commands out of the log, hands each poll's batch on, commits offsets over what is finished. It
 * waits for nobody: when too much is in flight it pauses its partitions and keeps polling, so that it stays in the group.
 */
public final class TokenCommandConsumer {
  /** What one poll brings at most; the same as the consumer's {@code max.poll.records}. */
  public static final int POLL_RECORDS_MAX = 500;

  private static final Logger LOG = LoggerFactory.getLogger(TokenCommandConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(10);
  private static final long COMMIT_EVERY_NANOS = Duration.ofMillis(250).toNanos();
  private static final Duration COMMIT_MAX = Duration.ofSeconds(3);
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(20);
  /** How long others wait for partitions we give away; what is not over by then is redelivered to them. */
  private static final Duration REVOKE_DRAIN_MAX = Duration.ofSeconds(2);

  /** What the poll loop works for. */
  public interface Listener {
    /** Commands of one poll, those of each partition in order. */
    void arrived(List<CommandInFlight> commands);

    /** Commands handed over that are not over yet. */
    int inFlight();

    void assigned(Collection<Integer> partitions);

    /** Nothing more begins there; what cannot go on without others is to be let go. */
    void givingAway(Collection<Integer> partitions);

    void givenAway(Collection<Integer> partitions);

    void committingOffsets();

    /** The loop cannot go on. */
    void failed(String why);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final LogRecords records;
  private final TokenCommandMapper mapper;
  private final DeadCommands dead;
  private final Listener listener;
  private final int inFlightMax;
  private final Thread thread = new Thread(this::loop, "command-poll");
  private final Map<Integer, AssignedPartition> partitions = new ConcurrentHashMap<>();
  private final Map<Integer, Long> committed = new HashMap<>();
  private volatile boolean closing;
  private volatile Duration drainMax = Duration.ZERO;
  private volatile boolean hasJoined;
  private volatile boolean isPaused;
  private long committedAt = System.nanoTime();

  /**
   * A loop over one consumer, which it closes at its end.
   *
   * @param inFlightMax beyond this its partitions are paused
   */
  public TokenCommandConsumer(Consumer<byte[], byte[]> consumer, LogRecords records, TokenCommandMapper mapper,
      DeadCommands dead, Listener listener, int inFlightMax) {
    this.consumer = consumer;
    this.records = records;
    this.mapper = mapper;
    this.dead = dead;
    this.listener = listener;
    this.inFlightMax = inFlightMax;
  }

  public void start() {
    thread.start();
  }

  /** Stops taking commands, finishes those taken, commits, leaves the group. */
  public void close(Duration drain) throws InterruptedException {
    drainMax = drain;
    closing = true;
    consumer.wakeup();
    thread.join(drain.plus(COMMIT_MAX).plus(COMMIT_MAX).toMillis());
  }

  /** Partitions that are ours now. */
  public Set<Integer> owned() {
    return new TreeSet<>(partitions.keySet());
  }

  /** Whether the group has let us in since the start, be it without partitions. */
  public boolean hasJoined() {
    return hasJoined;
  }

  /** Whether too much is in flight to take more. */
  public boolean isPaused() {
    return isPaused;
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  private void loop() {
    try {
      consumer.subscribe(List.of(Topics.COMMANDS), new Rebalance());
      while (!closing) {
        try {
          accept(poll());
        } catch (WakeupException e) {
          // close() woke the poll.
        }
        commitNowAndThen();
      }
      giveAway(consumer.assignment(), drainMax);
    } catch (InterruptedException | InterruptException e) {
      LOG.debug("the poll loop was interrupted");
    } catch (RuntimeException | Error e) {
      LOG.error("the poll loop cannot go on", e);
      listener.failed("expected to take commands from the log, but: " + e);
    } finally {
      closeConsumer();
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    boolean full = listener.inFlight() + dead.unacknowledged() + POLL_RECORDS_MAX > inFlightMax;
    if (full) {
      // Each time: partitions that have come meanwhile are not paused.
      consumer.pause(consumer.assignment());
    } else if (isPaused) {
      consumer.resume(consumer.paused());
    }
    isPaused = full;
    return consumer.poll(full ? POLL_WHILE_PAUSED : POLL);
  }

  private void accept(ConsumerRecords<byte[], byte[]> found) {
    if (found.isEmpty()) {
      return;
    }
    List<CommandInFlight> commands = new ArrayList<>(found.count());
    for (TopicPartition topicPartition : found.partitions()) {
      AssignedPartition partition = partitions.get(topicPartition.partition());
      for (ConsumerRecord<byte[], byte[]> record : found.records(topicPartition)) {
        accept(record, partition, commands);
      }
    }
    listener.arrived(commands);
  }

  private void accept(
      ConsumerRecord<byte[], byte[]> record, AssignedPartition partition, List<CommandInFlight> commands) {
    PartitionProgress.Mark mark = partition.progress().begin(record.offset());
    Reading reading = read(record);
    String why = reading.match(
        authentic -> accepted(record, authentic.value(), partition, mark, commands),
        forged -> "not authentic: " + forged.why(),
        undecodable -> "not readable: " + undecodable.why());
    if (why != null) {
      dead.bury(record, why, () -> partition.progress().finish(mark));
    }
  }

  // A schema that has never been seen here, and a schema registry that is away: nothing else of the partition can be done
  // before it anyway, so the loop waits where it is; not for so long that the group would take us for dead.
  private Reading read(ConsumerRecord<byte[], byte[]> record) {
    long deadline = System.nanoTime() + SCHEMA_WAIT.toNanos();
    while (true) {
      try {
        return records.read(record);
      } catch (SchemaRegistryUnavailableException e) {
        if (System.nanoTime() > deadline || closing) {
          throw new IllegalStateException("a command of an unknown schema came, and the schema registry did not answer"
              + " in " + SCHEMA_WAIT.toSeconds() + " s", e);
        }
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  // Null where it is a command; else why it is none.
  private String accepted(ConsumerRecord<byte[], byte[]> record, SpecificRecord value, AssignedPartition partition,
      PartitionProgress.Mark mark, List<CommandInFlight> commands) {
    try {
      Addressed addressed = mapper.map(record, value);
      commands.add(new CommandInFlight(
          record, partition, mark, addressed.command(), addressed.replyPartition(), addressed.key()));
      return null;
    } catch (NoCommandException e) {
      return "no command: " + e.getMessage();
    }
  }

  private void commitNowAndThen() {
    long now = System.nanoTime();
    if (now - committedAt < COMMIT_EVERY_NANOS) {
      return;
    }
    committedAt = now;
    Map<TopicPartition, OffsetAndMetadata> offsets = committable(partitions.keySet());
    if (!offsets.isEmpty()) {
      listener.committingOffsets();
      consumer.commitAsync(offsets, (tried, failure) -> {
        if (failure != null) {
          // The next commit says the same or more.
          LOG.debug("offsets were not committed: {}", failure.getMessage());
          tried.keySet().forEach(partition -> committed.remove(partition.partition()));
        }
      });
    }
  }

  // Those that moved since they were last committed.
  private Map<TopicPartition, OffsetAndMetadata> committable(Collection<Integer> numbers) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (int number : numbers) {
      AssignedPartition partition = partitions.get(number);
      OptionalLong offset = partition == null ? OptionalLong.empty() : partition.progress().committable();
      if (offset.isPresent() && offset.getAsLong() != committed.getOrDefault(number, -1L)) {
        committed.put(number, offset.getAsLong());
        offsets.put(new TopicPartition(Topics.COMMANDS, number), new OffsetAndMetadata(offset.getAsLong()));
      }
    }
    return offsets;
  }

  private void giveAway(Collection<TopicPartition> leaving, Duration drain) throws InterruptedException {
    long deadline = System.nanoTime() + drain.toNanos();
    List<Integer> numbers = leaving.stream().map(TopicPartition::partition).toList();
    numbers.forEach(number -> Optional.ofNullable(partitions.get(number)).ifPresent(AssignedPartition::close));
    listener.givingAway(numbers);
    for (int number : numbers) {
      AssignedPartition partition = partitions.get(number);
      if (partition != null && !partition.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        LOG.warn("partition {} is given away with commands on their way: its next owner begins them again", number);
      }
    }
    commitFinally(committable(numbers));
    drop(numbers);
  }

  private void commitFinally(Map<TopicPartition, OffsetAndMetadata> offsets) {
    if (offsets.isEmpty()) {
      return;
    }
    try {
      listener.committingOffsets();
      consumer.commitSync(offsets, COMMIT_MAX);
    } catch (WakeupException e) {
      commitFinally(offsets);
    } catch (CommitFailedException | RebalanceInProgressException e) {
      LOG.info("offsets were not committed, the partitions have gone already: {}", e.getMessage());
    } catch (KafkaException e) {
      LOG.warn("offsets were not committed, the commands since are delivered again: {}", e.getMessage());
    }
  }

  private void drop(Collection<Integer> numbers) {
    for (int number : numbers) {
      AssignedPartition partition = partitions.remove(number);
      committed.remove(number);
      if (partition != null) {
        partition.drop();
      }
    }
    listener.givenAway(numbers);
  }

  private void closeConsumer() {
    try {
      consumer.close();
    } catch (KafkaException e) {
      LOG.debug("the consumer did not close well", e);
    }
    drop(List.copyOf(partitions.keySet()));
  }

  private final class Rebalance implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      hasJoined = true;
      List<Integer> numbers = assigned.stream().map(TopicPartition::partition).toList();
      numbers.forEach(number -> partitions.put(number, new AssignedPartition(number)));
      if (!numbers.isEmpty()) {
        LOG.info("partitions {} are ours", new TreeSet<>(numbers));
        listener.assigned(numbers);
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      try {
        giveAway(revoked, REVOKE_DRAIN_MAX);
      } catch (InterruptedException e) {
        throw new InterruptException(e);
      }
      LOG.info("partitions {} are given away", numbers(revoked));
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> lost) {
      LOG.warn("partitions {} are lost: the group took us for dead", numbers(lost));
      drop(lost.stream().map(TopicPartition::partition).toList());
    }

    private TreeSet<Integer> numbers(Collection<TopicPartition> partitions) {
      return new TreeSet<>(partitions.stream().map(TopicPartition::partition).toList());
    }
  }
}
