package dev.mintlog.edge.audit;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.schema.TokenDenied;
import dev.mintlog.schema.Topics;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** token-events in Kafka, for an edge's own refusals. Thread-safe. */
public final class KafkaDenialLog implements DenialLog {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaDenialLog.class);

  private final Producer<byte[], byte[]> producer;
  private final LogRecords records;
  private final Partitions partitions;
  private final LongAdder lost = new LongAdder();

  public KafkaDenialLog(Producer<byte[], byte[]> producer, LogRecords records, Partitions partitions) {
    this.producer = producer;
    this.records = records;
    this.partitions = partitions;
  }

  @Override
  public void append(TokenDenied event) {
    String key = event.getHeader().getCommandId();
    producer.send(records.record(Topics.EVENTS, partitions.of(key), key, event), (metadata, failure) -> {
      if (failure != null) {
        lost.increment();
        LOG.warn("a refusal was answered but not recorded: {}", failure.toString());
      }
    });
  }

  /** How many refusals the log did not take. */
  public long lost() {
    return lost.sum();
  }
}
