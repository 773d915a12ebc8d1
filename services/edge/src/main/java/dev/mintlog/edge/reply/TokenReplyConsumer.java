package dev.mintlog.edge.reply;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.schema.TokenReply;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.CloseOptions;
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
 * Reads this edge's partition of token-replies on a thread of its own. The partition is assigned by hand: no group, no
 * rebalance. Other edges may read the same partition; what is theirs is ignored.
 */
public final class TokenReplyConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TokenReplyConsumer.class);
  private static final Duration POLL_MAX = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(200);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final LogRecords records;
  private final ReplyReader reader;
  private final Replies replies;
  private final Thread thread;
  private final LongAdder unusable = new LongAdder();
  private volatile boolean closed;
  private volatile boolean failing;

  /**
   * @param consumer one that is assigned by hand; owned by this from here on
   * @param opener of direction REPLY
   */
  public TokenReplyConsumer(Consumer<byte[], byte[]> consumer, int partition, LogRecords records, RecordCodec codec,
      Opener opener, PendingReplies pending) {
    this.consumer = consumer;
    this.partition = new TopicPartition(Topics.REPLIES, partition);
    this.records = records;
    this.reader = new ReplyReader(codec, opener);
    this.replies = new Replies(pending);
    this.thread = new Thread(this::run, "edge-replies");
    this.thread.setDaemon(true);
  }

  /** Positions at the end of the partition, then starts to read: no reply to a command sent after this is missed. */
  public void start() {
    consumer.assign(List.of(partition));
    consumer.seekToEnd(List.of(partition));
    // A seek is lazy; asking for the position makes it happen.
    consumer.position(partition);
    thread.start();
  }

  /** Whether the last poll went well. */
  public boolean isReading() {
    return thread.isAlive() && !failing;
  }

  /** How many records were not authentic, or no replies. */
  public long unusable() {
    return unusable.sum();
  }

  private void run() {
    try {
      while (!closed) {
        step();
      }
    } finally {
      consumer.close(CloseOptions.timeout(CLOSE_MAX));
    }
  }

  private void step() {
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL_MAX);
      failing = false;
      if (!polled.isEmpty()) {
        settle(polled);
      }
    } catch (WakeupException | InterruptException e) {
      LOG.debug("reading of replies was interrupted");
    } catch (KafkaException e) {
      failing = true;
      LOG.warn("replies cannot be read: {}", e.toString());
      pause();
    }
  }

  private void settle(ConsumerRecords<byte[], byte[]> polled) {
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      try {
        settle(record);
      } catch (SchemaRegistryUnavailableException e) {
        // Its request will wait in vain: a reply of an unknown schema is of a version that this edge does not know.
        unusable.increment();
        LOG.warn("a reply cannot be read: {}", e.getMessage());
      } catch (RuntimeException e) {
        unusable.increment();
        LOG.error("a reply could not be handled", e);
      }
    }
    replies.handOver();
  }

  private void settle(ConsumerRecord<byte[], byte[]> record) {
    LogRecords.Reading reading = records.read(record);
    if (reading instanceof LogRecords.Reading.Authentic authentic && authentic.value() instanceof TokenReply reply) {
      settle(reply);
    } else {
      unusable.increment();
    }
  }

  private void settle(TokenReply reply) {
    String commandId = reply.getCommandId();
    if (!replies.isAwaited(commandId)) {
      return;
    }
    Optional<Reply> read = reader.read(reply);
    if (read.isPresent()) {
      replies.settle(commandId, read.get());
    } else {
      unusable.increment();
      replies.unreadable(commandId);
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops reading and waits, bounded, until the thread has ended. */
  @Override
  public void close() {
    closed = true;
    if (!thread.isAlive()) {
      if (thread.getState() == Thread.State.NEW) {
        consumer.close(CloseOptions.timeout(CLOSE_MAX));
      }
      return;
    }
    consumer.wakeup();
    try {
      thread.join(CLOSE_MAX.toMillis() + POLL_MAX.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
