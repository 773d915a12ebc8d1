package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads one kind of command. Pure; what the log says of it comes as {@link ReceivedCommand}.
 *
 * @param <R> the record it travels as
 */
interface CommandForm<R extends SpecificRecord> {

  Class<R> record();

  CommandHeader header(R wire);

  /**
   * The command.
   *
   * @throws NoCommandException where a sealed part does not open
   * @throws IllegalArgumentException where a field breaks its form
   */
  Command read(R wire, ReceivedCommand received) throws NoCommandException;
}
