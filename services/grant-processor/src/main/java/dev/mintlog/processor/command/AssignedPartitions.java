package dev.mintlog.processor.command;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions are ours, as the group gives and takes them. What is given away is finished first, within a bound.
 * Told by the poll loop's thread alone; others may ask.
 */
final class AssignedPartitions implements ConsumerRebalanceListener {
  private static final Logger LOG = LoggerFactory.getLogger(AssignedPartitions.class);
  /** How long others wait for partitions we give away; what is not over by then is redelivered to them. */
  private static final Duration REVOKE_DRAIN_MAX = Duration.ofSeconds(2);

  private final OffsetCommits commits;
  private final TokenCommandConsumer.Listener listener;
  private final Map<Integer, AssignedPartition> partitions = new ConcurrentHashMap<>();
  private volatile boolean hasJoined;

  AssignedPartitions(OffsetCommits commits, TokenCommandConsumer.Listener listener) {
    this.commits = commits;
    this.listener = listener;
  }

  /** Whether the group has let us in since the start, be it without partitions. */
  boolean hasJoined() {
    return hasJoined;
  }

  Set<Integer> numbers() {
    return new TreeSet<>(partitions.keySet());
  }

  Collection<AssignedPartition> all() {
    return partitions.values();
  }

  AssignedPartition get(int number) {
    return partitions.get(number);
  }

  /** Begins nothing more there, waits for what is under way, commits, and lets go. */
  void giveAway(Collection<TopicPartition> given, Duration drain) throws InterruptedException {
    Set<Integer> numbers = numbers(given);
    long deadline = System.nanoTime() + drain.toNanos();
    List<AssignedPartition> leaving = numbers.stream().map(partitions::get).filter(Objects::nonNull).toList();
    leaving.forEach(AssignedPartition::close);
    listener.givingAway(numbers);
    for (AssignedPartition partition : leaving) {
      if (!partition.awaitEmpty(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
        LOG.warn("partition {} is given away with commands on their way: its next owner begins them again",
            partition.number());
      }
    }
    commits.beforeGivingAway(leaving);
    drop(numbers);
  }

  /** Lets go of them as they are. */
  void drop(Set<Integer> numbers) {
    for (int number : numbers) {
      commits.forget(number);
      AssignedPartition partition = partitions.remove(number);
      if (partition != null) {
        partition.drop();
      }
    }
    listener.givenAway(numbers);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
    hasJoined = true;
    Set<Integer> numbers = numbers(assigned);
    numbers.forEach(number -> partitions.put(number, new AssignedPartition(number)));
    if (!numbers.isEmpty()) {
      LOG.info("partitions {} are ours", numbers);
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
    drop(numbers(lost));
  }

  private static Set<Integer> numbers(Collection<TopicPartition> topicPartitions) {
    Set<Integer> numbers = new TreeSet<>();
    topicPartitions.forEach(partition -> numbers.add(partition.partition()));
    return numbers;
  }
}
