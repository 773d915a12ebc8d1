package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.SpendProofs;

/** Spends what a question proved itself with. */
final class SpendProofsForm implements CommandForm<SpendProofs> {

  @Override
  public Class<SpendProofs> record() {
    return SpendProofs.class;
  }

  @Override
  public CommandHeader header(SpendProofs wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(SpendProofs wire, ReceivedCommand received) {
    return new Command.SpendProofs(received.delivery(), received.tenant(), received.clientId());
  }
}
