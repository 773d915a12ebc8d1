package dev.mintlog.processor.command;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The poll loop: takes commands out of the log, hands each poll's batch on, commits offsets over what is finished. It
 * waits for nobody: when too much is in flight it pauses its partitions and keeps polling, so that it stays in the
 * group.
 */
public final class TokenCommandConsumer {
  /** What one poll brings at most; the same as the consumer's {@code max.poll.records}. */
  public static final int POLL_RECORDS_MAX = 500;

  private static final Logger LOG = LoggerFactory.getLogger(TokenCommandConsumer.class);
  private static final Duration POLL = Duration.ofMillis(100);
  /** What is paused is to go on soon after it can. */
  private static final Duration POLL_WHILE_PAUSED = Duration.ofMillis(10);

  /** What the poll loop works for. */
  public interface Listener {
    /** Commands of one poll, those of each partition in order. */
    void arrived(List<CommandInFlight> commands);

    /** Commands handed over that are not over yet. */
    int inFlight();

    /** Partitions whose commands cannot go on, as things are, be it for a moment. Asked before each poll. */
    Set<Integer> stuck();

    void assigned(Collection<Integer> partitions);

    /** Nothing more begins there; what cannot go on without others is to be let go. */
    void givingAway(Collection<Integer> partitions);

    void givenAway(Collection<Integer> partitions);

    void committingOffsets();

    /** The loop cannot go on. */
    void failed(String why);
  }

  private final Consumer<byte[], byte[]> consumer;
  private final CommandIntake intake;
  private final OffsetCommits commits;
  private final AssignedPartitions partitions;
  private final Listener listener;
  private final int inFlightMax;
  private final StuckShare stuckShare;
  private final Thread thread = new Thread(this::loop, "command-poll");
  private volatile boolean closing;
  private volatile Duration drainMax = Duration.ZERO;
  private volatile boolean isPaused;

  /**
   * A loop over one consumer, which it closes at its end.
   *
   * @param inFlightMax beyond this its partitions are paused
   */
  public TokenCommandConsumer(Consumer<byte[], byte[]> consumer, LogRecords records, TokenCommandMapper mapper,
      DeadCommands dead, Listener listener, int inFlightMax) {
    this.consumer = consumer;
    this.intake = new CommandIntake(records, mapper, dead);
    this.commits = new OffsetCommits(consumer, listener::committingOffsets);
    this.partitions = new AssignedPartitions(commits, listener);
    this.listener = listener;
    this.inFlightMax = inFlightMax;
    this.stuckShare = StuckShare.of(inFlightMax);
  }

  public void start() {
    thread.start();
  }

  /** Stops taking commands, finishes those taken, commits, leaves the group. */
  public void close(Duration drain) throws InterruptedException {
    drainMax = drain;
    closing = true;
    consumer.wakeup();
    thread.join(drain.plus(OffsetCommits.COMMIT_MAX).plus(OffsetCommits.COMMIT_MAX).toMillis());
  }

  /** Partitions that are ours now. */
  public Set<Integer> owned() {
    return partitions.numbers();
  }

  /** Whether the group has let us in since the start, be it without partitions. */
  public boolean hasJoined() {
    return partitions.hasJoined();
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
      consumer.subscribe(List.of(Topics.COMMANDS), partitions);
      while (!closing) {
        try {
          accept(poll());
        } catch (WakeupException e) {
          // close() woke the poll.
        }
        commits.nowAndThen(partitions.all());
      }
      partitions.giveAway(consumer.assignment(), drainMax);
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
    boolean full = listener.inFlight() + intake.unacknowledged() + POLL_RECORDS_MAX > inFlightMax;
    Set<TopicPartition> held = full ? consumer.assignment() : stuckWithTooMuch();
    // Each time: partitions that have come meanwhile are not paused.
    consumer.pause(held);
    Set<TopicPartition> others = new HashSet<>(consumer.paused());
    others.removeAll(held);
    consumer.resume(others);
    isPaused = full;
    return consumer.poll(held.isEmpty() && !full ? POLL : POLL_WHILE_PAUSED);
  }

  // Commands that wait for one partition must not fill the place of all the others.
  private Set<TopicPartition> stuckWithTooMuch() {
    Set<Integer> stuck = listener.stuck();
    Map<TopicPartition, Integer> outstanding = new HashMap<>();
    for (TopicPartition topicPartition : stuck.isEmpty() ? Set.<TopicPartition>of() : consumer.assignment()) {
      AssignedPartition partition = partitions.get(topicPartition.partition());
      if (partition != null && stuck.contains(partition.number())) {
        outstanding.put(topicPartition, partition.progress().outstanding());
      }
    }
    return stuckShare.held(outstanding);
  }

  private void accept(ConsumerRecords<byte[], byte[]> found) {
    if (found.isEmpty()) {
      return;
    }
    List<CommandInFlight> commands = new ArrayList<>(found.count());
    for (TopicPartition topicPartition : found.partitions()) {
      AssignedPartition partition = partitions.get(topicPartition.partition());
      for (ConsumerRecord<byte[], byte[]> record : found.records(topicPartition)) {
        intake.take(record, partition).ifPresent(commands::add);
      }
    }
    listener.arrived(commands);
  }

  private void closeConsumer() {
    try {
      consumer.close();
    } catch (KafkaException e) {
      LOG.debug("the consumer did not close well", e);
    }
    partitions.drop(owned());
  }
}
