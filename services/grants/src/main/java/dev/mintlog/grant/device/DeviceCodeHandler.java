package dev.mintlog.grant.device;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.polled.Polling;
import java.util.Optional;

/** Answers a device's poll, RFC 8628 §3.4 and §3.5. */
public final class DeviceCodeHandler implements GrantHandler<Grant.DeviceCode> {

  @Override
  public Class<Grant.DeviceCode> grant() {
    return Grant.DeviceCode.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.DeviceCode grant,
      Registration registration) {
    return new Polling(HandleKind.DEVICE_CODE, request, registration).decide(loaded);
  }
}
