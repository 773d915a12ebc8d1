package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.schema.ApproveDeviceAuthorization;
import dev.mintlog.schema.CommandHeader;
import java.util.List;
import java.util.Optional;

/** The user approved a device. */
final class ApproveDeviceAuthorizationForm implements CommandForm<ApproveDeviceAuthorization> {

  @Override
  public Class<ApproveDeviceAuthorization> record() {
    return ApproveDeviceAuthorization.class;
  }

  @Override
  public CommandHeader header(ApproveDeviceAuthorization wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(ApproveDeviceAuthorization wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    return new Command.ApproveRequest(received.delivery(), id, HandleKind.DEVICE_CODE, received.clientId(),
        wire.getSubject(), ReceivedCommand.scopes(wire.getScope()), Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()),
        received.claims(id, wire.getSealedClaims()),
        received.userClaims(id, wire.getSealedUserClaims()));
  }
}
