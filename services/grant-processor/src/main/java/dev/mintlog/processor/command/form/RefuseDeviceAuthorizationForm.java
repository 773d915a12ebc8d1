package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.HandleKind;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RefuseDeviceAuthorization;

/** The user refused a device. */
final class RefuseDeviceAuthorizationForm implements CommandForm<RefuseDeviceAuthorization> {

  @Override
  public Class<RefuseDeviceAuthorization> record() {
    return RefuseDeviceAuthorization.class;
  }

  @Override
  public CommandHeader header(RefuseDeviceAuthorization wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RefuseDeviceAuthorization wire, ReceivedCommand received) {
    return new Command.RefuseRequest(
        received.delivery(), received.id(wire.getAuthorizationId()), HandleKind.DEVICE_CODE, received.clientId());
  }
}
