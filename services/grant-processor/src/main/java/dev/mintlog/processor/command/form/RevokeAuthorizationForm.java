package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RevokeAuthorization;

/** RFC 7009 §2.1. */
final class RevokeAuthorizationForm implements CommandForm<RevokeAuthorization> {

  @Override
  public Class<RevokeAuthorization> record() {
    return RevokeAuthorization.class;
  }

  @Override
  public CommandHeader header(RevokeAuthorization wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RevokeAuthorization wire, ReceivedCommand received) {
    return new Command.RevokeAuthorization(
        received.delivery(), received.id(wire.getAuthorizationId()), received.clientId());
  }
}
