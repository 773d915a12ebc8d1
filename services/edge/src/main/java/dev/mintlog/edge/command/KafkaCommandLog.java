package dev.mintlog.edge.command;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.edge.reply.Unanswered;
import dev.mintlog.schema.Topics;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** token-commands in Kafka. The producer must be one that never blocks. Thread-safe. */
public final class KafkaCommandLog implements CommandLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaCommandLog.class);

  private final Producer<byte[], byte[]> producer;
  private final LogRecords records;
  private final Partitions partitions;
  private final int replyPartition;
  private final InstantSource clock;
  private final ClockFit clockFit;
  private final BooleanSupplier reachable;
  private final LongAdder failures = new LongAdder();

  /**
   * A log over this producer.
   *
   * @param reachable whether Kafka answered lately: where it did not, nobody is kept waiting to hear that it does not
   */
  public KafkaCommandLog(Producer<byte[], byte[]> producer, LogRecords records, Partitions partitions,
      int replyPartition, InstantSource clock, ClockFit clockFit, BooleanSupplier reachable) {
    this.producer = producer;
    this.records = records;
    this.partitions = partitions;
    this.replyPartition = replyPartition;
    this.clock = clock;
    this.clockFit = clockFit;
    this.reachable = reachable;
  }

  @Override
  public void append(String key, SpecificRecord command, Consumer<Unanswered> failed) {
    if (!reachable.getAsBoolean()) {
      failures.increment();
      failed.accept(Unanswered.NOT_APPENDED);
      return;
    }
    ProducerRecord<byte[], byte[]> record = records.record(Topics.COMMANDS, partitions.of(key), key, command);
    Thread sender = Thread.currentThread();
    long sentAt = clock.millis();
    producer.send(record, (metadata, failure) -> {
      if (failure == null) {
        clockFit.observe(metadata.timestamp(), sentAt, clock.millis());
      } else {
        failures.increment();
        LOG.debug("a command was not acknowledged: {}", failure.toString());
        // The producer reports what it refuses at once on the sender's own thread, and what it lost on its own: the
        // broker may have that.
        failed.accept(Thread.currentThread() == sender ? Unanswered.NOT_APPENDED : Unanswered.MAYBE_APPENDED);
      }
    });
  }

  @Override
  public int replyPartition() {
    return replyPartition;
  }

  /** How many commands the log did not acknowledge. */
  public long failures() {
    return failures.sum();
  }
}
