package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.PollBackchannelAuthentication;

/** OpenID CIBA Core §10.1. */
final class PollBackchannelAuthenticationForm implements CommandForm<PollBackchannelAuthentication> {

  @Override
  public Class<PollBackchannelAuthentication> record() {
    return PollBackchannelAuthentication.class;
  }

  @Override
  public CommandHeader header(PollBackchannelAuthentication wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(PollBackchannelAuthentication wire, ReceivedCommand received) {
    return received.tokenRequest(new Grant.AuthReqId(received.id(wire.getAuthorizationId())), wire.getScope());
  }
}
