package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RevokeBefore;
import java.util.Optional;

/** Ends all of a subject, of a client or of both. */
final class RevokeBeforeForm implements CommandForm<RevokeBefore> {

  @Override
  public Class<RevokeBefore> record() {
    return RevokeBefore.class;
  }

  @Override
  public CommandHeader header(RevokeBefore wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RevokeBefore wire, ReceivedCommand received) {
    return new Command.RevokeBefore(received.delivery(), received.tenant(), received.clientId(),
        Optional.ofNullable(wire.getSubject()), Optional.ofNullable(wire.getClient()));
  }
}
