package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateDeviceAuthorization;

/** RFC 8628 §3.1. */
final class CreateDeviceAuthorizationForm implements CommandForm<CreateDeviceAuthorization> {

  @Override
  public Class<CreateDeviceAuthorization> record() {
    return CreateDeviceAuthorization.class;
  }

  @Override
  public CommandHeader header(CreateDeviceAuthorization wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(CreateDeviceAuthorization wire, ReceivedCommand received) {
    return new Command.CreateDeviceAuthorization(received.delivery(), received.id(wire.getAuthorizationId()),
        received.clientId(), ReceivedCommand.scopes(wire.getScope()), wire.getUserCodeDigests());
  }
}
