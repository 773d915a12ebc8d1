package dev.mintlog.processor.command;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.command.Command;
import dev.mintlog.processor.command.form.CommandForms;
import dev.mintlog.processor.command.form.NoCommandException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records to commands: each read by its form, and checked to be where it belongs. Thread-safe. */
public final class TokenCommandMapper {
  private final String topicId;
  private final Partitions partitions;
  private final CommandForms forms;

  /**
   * A mapper for one topic.
   *
   * @param topicId id of token-commands: positions are told apart by it
   * @param opener of direction COMMAND
   */
  public TokenCommandMapper(String topicId, Partitions partitions, Opener opener) {
    this.topicId = topicId;
    this.partitions = partitions;
    this.forms = new CommandForms(opener);
  }

  /** A command, and the way back to who asked. */
  public record Addressed(Command command, String key, int replyPartition) {}

  /**
   * The command of an authentic record.
   *
   * @throws NoCommandException where it breaks the form of commands
   */
  public Addressed map(ConsumerRecord<byte[], byte[]> record, SpecificRecord value) throws NoCommandException {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    // A copy of an authentic record in another partition would be decided on beside the commands it belongs among.
    if (partitions.of(key) != record.partition()) {
      throw new NoCommandException("expected a key that belongs to this partition");
    }
    CommandForms.Read read = read(record, value);
    // A record for a partition that is not there would be waited for, by the thread that all others wait for.
    if (read.replyPartition() < 0 || read.replyPartition() >= partitions.count()) {
      throw new NoCommandException("expected a reply partition that exists");
    }
    Optional<AuthorizationId> id = read.command().authorization();
    if (id.isPresent() && !id.get().key().equals(key)) {
      throw new NoCommandException("expected the key of the authorization that the command is on");
    }
    return new Addressed(read.command(), key, read.replyPartition());
  }

  private CommandForms.Read read(ConsumerRecord<byte[], byte[]> record, SpecificRecord value)
      throws NoCommandException {
    LogPosition position = new LogPosition(topicId, record.partition(), record.offset());
    try {
      return forms.read(value, position, Instant.ofEpochMilli(record.timestamp()));
    } catch (IllegalArgumentException e) {
      throw new NoCommandException("expected fields in their forms: " + e.getMessage());
    }
  }
}
