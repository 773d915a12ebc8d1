package dev.mintlog.processor.command;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.schema.DeadCommand;
import dev.mintlog.schema.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts aside what is no command of ours, with the reason: it holds nothing up and nothing of it is lost. */
public final class DeadCommands {
  private static final Logger LOG = LoggerFactory.getLogger(DeadCommands.class);
  private static final Duration PAUSE_BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  /** A record as large as the log takes would not fit a second time, inside another. */
  private static final int CONTENT_MAX_BYTES = 512 * 1024;

  private final Producer<byte[], byte[]> producer;
  private final LogRecords records;
  private final ScheduledExecutorService timer;
  private final AtomicLong buried = new AtomicLong();
  private final AtomicInteger unacknowledged = new AtomicInteger();

  public DeadCommands(Producer<byte[], byte[]> producer, LogRecords records, ScheduledExecutorService timer) {
    this.producer = producer;
    this.records = records;
    this.timer = timer;
  }

  /**
   * Puts a record aside.
   *
   * @param why without any of its content
   * @param acknowledged called once, when the log has it
   */
  public void bury(ConsumerRecord<byte[], byte[]> record, String why, Runnable acknowledged) {
    LOG.warn("put aside {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), why);
    DeadCommand dead = DeadCommand.newBuilder()
        .setReason(why)
        .setPartition(record.partition())
        .setOffset(record.offset())
        .setAppendedAt(Instant.ofEpochMilli(record.timestamp()))
        .setKey(content(record.key()))
        .setValue(content(record.value()))
        .build();
    unacknowledged.incrementAndGet();
    send(records.record(Topics.COMMANDS_DEAD, record.partition(), record.key(), dead), acknowledged);
  }

  /** How many records were put aside since the start. */
  public long buried() {
    return buried.get();
  }

  /** Records that are being put aside: they count as being in flight. */
  int unacknowledged() {
    return unacknowledged.get();
  }

  private void send(ProducerRecord<byte[], byte[]> dead, Runnable acknowledged) {
    try {
      producer.send(dead, (metadata, failure) -> {
        if (failure == null) {
          buried.incrementAndGet();
          unacknowledged.decrementAndGet();
          acknowledged.run();
        } else {
          again(dead, acknowledged);
        }
      });
    } catch (RuntimeException e) {
      again(dead, acknowledged);
    }
  }

  private void again(ProducerRecord<byte[], byte[]> dead, Runnable acknowledged) {
    if (!timer.isShutdown()) {
      timer.schedule(() -> send(dead, acknowledged), PAUSE_BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static ByteBuffer content(byte[] bytes) {
    return bytes == null || bytes.length > CONTENT_MAX_BYTES ? null : ByteBuffer.wrap(bytes);
  }
}
