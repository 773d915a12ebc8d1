package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestOnBehalfOf;
import java.util.List;
import java.util.Optional;

/** RFC 7523 §2.1 with {@code requested_token_use=on_behalf_of}. */
final class RequestOnBehalfOfForm implements CommandForm<RequestOnBehalfOf> {

  @Override
  public Class<RequestOnBehalfOf> record() {
    return RequestOnBehalfOf.class;
  }

  @Override
  public CommandHeader header(RequestOnBehalfOf wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RequestOnBehalfOf wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    SubjectToken subject = new SubjectToken(Optional.empty(), wire.getSubjectClientId(), wire.getSubject(),
        Optional.empty(), wire.getSubjectAudience(), wire.getSubjectIssuedAt(), wire.getSubjectExpiresAt(),
        wire.getActors(), Optional.ofNullable(wire.getMayAct()));
    return received.tokenRequest(new Grant.OnBehalfOf(id, received.id(wire.getOriginId()), subject,
        Optional.ofNullable(wire.getAuthTime()), Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()),
        received.userClaims(id, wire.getSealedUserClaims())), wire.getScope());
  }
}
