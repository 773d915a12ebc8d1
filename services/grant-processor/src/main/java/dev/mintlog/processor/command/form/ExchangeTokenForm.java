package dev.mintlog.processor.command.form;

import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.ExchangeToken;
import java.util.Optional;

/** RFC 8693 §2.1. */
final class ExchangeTokenForm implements CommandForm<ExchangeToken> {

  @Override
  public Class<ExchangeToken> record() {
    return ExchangeToken.class;
  }

  @Override
  public CommandHeader header(ExchangeToken wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(ExchangeToken wire, ReceivedCommand received) {
    SubjectToken subject = new SubjectToken(Optional.ofNullable(wire.getAuthorizationId()).map(received::id),
        wire.getSubjectClientId(), wire.getSubject(), ReceivedCommand.scopes(wire.getSubjectScope()),
        wire.getSubjectAudience(), wire.getSubjectIssuedAt(), wire.getSubjectExpiresAt(), wire.getActors(),
        Optional.ofNullable(wire.getMayAct()));
    return received.tokenRequest(
        new Grant.TokenExchange(subject, Optional.ofNullable(wire.getActor())), wire.getScope());
  }
}
