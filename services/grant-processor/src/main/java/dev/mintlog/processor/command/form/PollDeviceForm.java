package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.PollDevice;

/** RFC 8628 §3.4. */
final class PollDeviceForm implements CommandForm<PollDevice> {

  @Override
  public Class<PollDevice> record() {
    return PollDevice.class;
  }

  @Override
  public CommandHeader header(PollDevice wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(PollDevice wire, ReceivedCommand received) {
    return received.tokenRequest(new Grant.DeviceCode(received.id(wire.getAuthorizationId())), wire.getScope());
  }
}
