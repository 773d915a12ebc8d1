package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RefreshToken;

/** RFC 6749 §6. */
final class RefreshTokenForm implements CommandForm<RefreshToken> {

  @Override
  public Class<RefreshToken> record() {
    return RefreshToken.class;
  }

  @Override
  public CommandHeader header(RefreshToken wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RefreshToken wire, ReceivedCommand received) {
    Grant grant = new Grant.RefreshToken(received.id(wire.getAuthorizationId()), wire.getGeneration());
    return received.tokenRequest(grant, wire.getScope());
  }
}
