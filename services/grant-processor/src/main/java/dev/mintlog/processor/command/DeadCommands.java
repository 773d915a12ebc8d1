package dev.mintlog.processor.command;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.RecordFaults;
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
  /** Key and value together: a record as large as the log takes would not fit a second time, inside another. */
  static final int CONTENT_MAX_BYTES = 512 * 1024;

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
    boolean fits = length(record.key()) + length(record.value()) <= CONTENT_MAX_BYTES;
    unacknowledged.incrementAndGet();
    send(new Burial(record, why, acknowledged), fits);
  }

  /** How many records were put aside since the start. */
  public long buried() {
    return buried.get();
  }

  /** Records that are being put aside: they count as being in flight. */
  int unacknowledged() {
    return unacknowledged.get();
  }

  private record Burial(ConsumerRecord<byte[], byte[]> record, String why, Runnable acknowledged) {
    // Its key is inside, once: the partition is named, and nothing is compacted by it.
    private ProducerRecord<byte[], byte[]> dead(LogRecords records, boolean withContent) {
      return records.record(Topics.COMMANDS_DEAD, record.partition(), (byte[]) null, DeadCommand.newBuilder()
          .setReason(withContent ? why : why + "; put aside without its content of "
              + length(record.key()) + " and " + length(record.value()) + " bytes")
          .setPartition(record.partition())
          .setOffset(record.offset())
          .setAppendedAt(Instant.ofEpochMilli(record.timestamp()))
          .setKey(withContent ? content(record.key()) : null)
          .setValue(withContent ? content(record.value()) : null)
          .build());
    }
  }

  private void send(Burial burial, boolean withContent) {
    try {
      producer.send(burial.dead(records, withContent), (metadata, failure) -> {
        if (failure == null) {
          buried.incrementAndGet();
          unacknowledged.decrementAndGet();
          burial.acknowledged().run();
        } else {
          again(burial, withContent, failure);
        }
      });
    } catch (RuntimeException e) {
      again(burial, withContent, e);
    }
  }

  // Behind what is never taken the partition's offsets would stand still for ever; its place says where to find it.
  private void again(Burial burial, boolean withContent, Exception failure) {
    LOG.warn("not put aside yet {}-{}@{}: {}", burial.record().topic(), burial.record().partition(),
        burial.record().offset(), failure.toString());
    boolean sameAgain = withContent && !RecordFaults.isOfTheRecord(failure);
    if (!timer.isShutdown()) {
      timer.schedule(() -> send(burial, sameAgain), PAUSE_BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static int length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static ByteBuffer content(byte[] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
