package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RefuseBackchannelAuthentication;

/** The user refused a backchannel authentication request. */
final class RefuseBackchannelAuthenticationForm implements CommandForm<RefuseBackchannelAuthentication> {

  @Override
  public Class<RefuseBackchannelAuthentication> record() {
    return RefuseBackchannelAuthentication.class;
  }

  @Override
  public CommandHeader header(RefuseBackchannelAuthentication wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RefuseBackchannelAuthentication wire, ReceivedCommand received) {
    return new Command.RefuseRequest(received.delivery(), received.id(wire.getAuthorizationId()), HandleKind.AUTH_REQ_ID,
        received.clientId());
  }
}
