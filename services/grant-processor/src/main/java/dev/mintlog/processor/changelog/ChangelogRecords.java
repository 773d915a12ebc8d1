package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.state.ChangelogStates;
import dev.mintlog.schema.AuthorizationChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens records of the topic {@code authorizations}. Thread-safe. */
public final class ChangelogRecords {
  private static final Logger LOG = LoggerFactory.getLogger(ChangelogRecords.class);

  private final LogRecords records;
  private final ChangelogStates states;
  private final AtomicLong foreign = new AtomicLong();

  public ChangelogRecords(LogRecords records, ChangelogStates states) {
    this.records = records;
    this.states = states;
  }

  /** Records passed over since the start that no holder of the secrets wrote. */
  public long foreign() {
    return foreign.get();
  }

  /**
   * The states in these records; those that no holder of the secrets wrote are passed over and counted.
   *
   * @throws IllegalStateException at one that a holder of the secrets wrote and that cannot be read here: what it says must
   *     not be forgotten
   */
  List<Authorization> opened(List<ConsumerRecord<byte[], byte[]>> found) {
    List<Authorization> opened = new ArrayList<>(found.size());
    int passedOver = 0;
    String last = "";
    for (ConsumerRecord<byte[], byte[]> record : found) {
      try {
        Optional<Authorization> state = opened(record);
        state.ifPresent(opened::add);
        if (state.isEmpty()) {
          passedOver++;
          last = "expected the seal of its key and version, but found another";
        }
      } catch (ForeignRecord e) {
        passedOver++;
        last = e.getMessage();
      }
    }
    if (passedOver > 0) {
      foreign.addAndGet(passedOver);
      LOG.warn("passed over {} record(s) of the changelog that no holder of the secrets wrote, the last: {}", passedOver,
          last);
    }
    return opened;
  }

  private Optional<Authorization> opened(ConsumerRecord<byte[], byte[]> record) throws ForeignRecord {
    if (record.value() == null || record.key() == null) {
      throw new ForeignRecord("expected a key and a value");
    }
    Reading reading = records.read(record);
    if (reading instanceof Reading.Forged forged) {
      throw new ForeignRecord(forged.why());
    }
    if (reading instanceof Reading.Authentic authentic && authentic.value() instanceof AuthorizationChange change) {
      return states.open(AuthorizationId.ofKey(new String(record.key(), StandardCharsets.UTF_8)), change);
    }
    throw new IllegalStateException("expected a record of " + record.topic() + "-" + record.partition()
        + " that this version reads at offset " + record.offset() + ", but found another: "
        + reading.match(other -> other.value().getClass().getSimpleName(), forged -> "", unknown -> unknown.why()));
  }

  /** Written by nobody of ours. */
  private static final class ForeignRecord extends Exception {
    private static final long serialVersionUID = 1L;

    ForeignRecord(String why) {
      super(why, null, false, false);
    }
  }
}
