package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
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
  public Command read(RefreshToken wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    return received.tokenRequest(new Grant.RefreshToken(id, wire.getGeneration()), wire.getScope(),
        received.narrowedDetails(id, wire.getSealedAuthorizationDetails()));
  }
}
