package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestPasswordToken;
import java.util.List;
import java.util.Optional;

/** RFC 6749 §4.3.2, the password verified. */
final class RequestPasswordTokenForm implements CommandForm<RequestPasswordToken> {

  @Override
  public Class<RequestPasswordToken> record() {
    return RequestPasswordToken.class;
  }

  @Override
  public CommandHeader header(RequestPasswordToken wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RequestPasswordToken wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    Grant grant = new Grant.Password(id, wire.getSubject(), wire.getAuthTime(),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()), wire.getIdp(),
        received.userClaims(id, wire.getSealedUserClaims()));
    return received.tokenRequest(grant, wire.getScope());
  }
}
