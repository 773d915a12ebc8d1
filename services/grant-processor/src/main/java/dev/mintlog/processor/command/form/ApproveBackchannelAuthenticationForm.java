package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.schema.ApproveBackchannelAuthentication;
import dev.mintlog.schema.CommandHeader;
import java.util.List;
import java.util.Optional;

/** The user approved a backchannel authentication request. */
final class ApproveBackchannelAuthenticationForm implements CommandForm<ApproveBackchannelAuthentication> {

  @Override
  public Class<ApproveBackchannelAuthentication> record() {
    return ApproveBackchannelAuthentication.class;
  }

  @Override
  public CommandHeader header(ApproveBackchannelAuthentication wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(ApproveBackchannelAuthentication wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    return new Command.ApproveRequest(received.delivery(), id, HandleKind.AUTH_REQ_ID, received.clientId(),
        wire.getSubject(), ReceivedCommand.scopes(wire.getScope()), Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()),
        received.claims(id, wire.getSealedClaims()),
        received.userClaims(id, wire.getSealedUserClaims()));
  }
}
