package dev.mintlog.processor.command;

import dev.mintlog.channel.log.LogRecords;
import dev.mintlog.channel.log.LogRecords.Reading;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.processor.command.TokenCommandMapper.Addressed;
import dev.mintlog.processor.command.form.NoCommandException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns records into commands, and puts aside what is none. Confined to the poll loop. */
final class CommandIntake {
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(20);
  private static final long PAUSE_BETWEEN_ATTEMPTS_NANOS = Duration.ofMillis(100).toNanos();

  private final LogRecords records;
  private final TokenCommandMapper mapper;
  private final DeadCommands dead;

  CommandIntake(LogRecords records, TokenCommandMapper mapper, DeadCommands dead) {
    this.records = records;
    this.mapper = mapper;
    this.dead = dead;
  }

  /** The command of a record; empty where it is none and is being put aside. */
  Optional<CommandInFlight> take(ConsumerRecord<byte[], byte[]> record, AssignedPartition partition) {
    PartitionProgress.Mark mark = partition.progress().begin(record.offset());
    return read(record).match(
        authentic -> command(record, authentic.value(), partition, mark),
        forged -> aside(record, "not authentic: " + forged.why(), partition, mark),
        undecodable -> aside(record, "not readable: " + undecodable.why(), partition, mark));
  }

  /** Records that are being put aside: they count as being in flight. */
  int unacknowledged() {
    return dead.unacknowledged();
  }

  private Optional<CommandInFlight> command(ConsumerRecord<byte[], byte[]> record, SpecificRecord value,
      AssignedPartition partition, PartitionProgress.Mark mark) {
    try {
      Addressed addressed = mapper.map(record, value);
      return Optional.of(new CommandInFlight(
          record, partition, mark, addressed.command(), addressed.replyPartition(), addressed.key()));
    } catch (NoCommandException e) {
      return aside(record, "no command: " + e.getMessage(), partition, mark);
    }
  }

  private Optional<CommandInFlight> aside(ConsumerRecord<byte[], byte[]> record, String why,
      AssignedPartition partition, PartitionProgress.Mark mark) {
    dead.bury(record, why, () -> partition.progress().finish(mark));
    return Optional.empty();
  }

  // A schema that was never seen here, and a schema registry that is away: nothing else of the partition can be done
  // before it anyway, so the loop waits where it is; not for so long that the group would take us for dead.
  private Reading read(ConsumerRecord<byte[], byte[]> record) {
    long deadline = System.nanoTime() + SCHEMA_WAIT.toNanos();
    while (true) {
      try {
        return records.read(record);
      } catch (SchemaRegistryUnavailableException e) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("a command of an unknown schema came, and the schema registry did not answer"
              + " in " + SCHEMA_WAIT.toSeconds() + " s", e);
        }
        LockSupport.parkNanos(PAUSE_BETWEEN_ATTEMPTS_NANOS);
      }
    }
  }
}
