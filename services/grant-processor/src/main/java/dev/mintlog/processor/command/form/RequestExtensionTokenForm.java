package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.client.GrantType;
import dev.mintlog.command.Command;
import dev.mintlog.command.Grant;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.RequestExtensionToken;
import java.util.List;
import java.util.Optional;

/** RFC 6749 §4.5, the credential judged by an extension at an edge. */
final class RequestExtensionTokenForm implements CommandForm<RequestExtensionToken> {

  @Override
  public Class<RequestExtensionToken> record() {
    return RequestExtensionToken.class;
  }

  @Override
  public CommandHeader header(RequestExtensionToken wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(RequestExtensionToken wire, ReceivedCommand received) throws NoCommandException {
    Grant grant =
        new Grant.Extension(new GrantType(wire.getGrantType()), wire.getJudged(), user(wire, received));
    return received.tokenRequest(grant, wire.getScope());
  }

  private static Optional<Grant.Extension.User> user(RequestExtensionToken wire, ReceivedCommand received)
      throws NoCommandException {
    if ((wire.getAuthorizationId() == null) != (wire.getSubject() == null)) {
      throw new NoCommandException("expected an authorization for a user's tokens, and none for the client's own");
    }
    if (wire.getSubject() == null) {
      return Optional.empty();
    }
    AuthorizationId id = received.id(wire.getAuthorizationId());
    return Optional.of(new Grant.Extension.User(id, wire.getSubject(), Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()),
        received.userClaims(id, wire.getSealedUserClaims()), Optional.ofNullable(wire.getIdp())));
  }
}
