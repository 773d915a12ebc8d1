package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.BackchannelRequest.Notification;
import dev.mintlog.authorization.BackchannelRequest;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateBackchannelAuthentication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** OpenID CIBA Core §7.1. */
final class CreateBackchannelAuthenticationForm implements CommandForm<CreateBackchannelAuthentication> {

  @Override
  public Class<CreateBackchannelAuthentication> record() {
    return CreateBackchannelAuthentication.class;
  }

  @Override
  public CommandHeader header(CreateBackchannelAuthentication wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(CreateBackchannelAuthentication wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    Optional<String> authReqId = received.text(id, wire.getSealedAuthReqId());
    Optional<Notification> notification = received.text(id, wire.getSealedNotificationToken())
        .flatMap(token -> authReqId.map(handle -> new Notification(token, handle)));
    BackchannelRequest asked = new BackchannelRequest(wire.getSubject(),
        received.text(id, wire.getSealedBindingMessage()), List.copyOf(wire.getAcrValues()), notification);
    return new Command.CreateBackchannelRequest(received.delivery(), id, received.clientId(),
        Scopes.parse(wire.getScope()), asked,
        Optional.ofNullable(wire.getRequestedExpirySeconds()).map(Duration::ofSeconds));
  }
}
