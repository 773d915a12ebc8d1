package dev.mintlog.processor.command.form;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.schema.CommandHeader;
import dev.mintlog.schema.CreateAuthorization;
import java.util.List;
import java.util.Optional;

/** The login application records a consent. */
final class CreateAuthorizationForm implements CommandForm<CreateAuthorization> {

  @Override
  public Class<CreateAuthorization> record() {
    return CreateAuthorization.class;
  }

  @Override
  public CommandHeader header(CreateAuthorization wire) {
    return wire.getHeader();
  }

  @Override
  public Command read(CreateAuthorization wire, ReceivedCommand received) throws NoCommandException {
    AuthorizationId id = received.id(wire.getAuthorizationId());
    Consent consent = new Consent(received.clientId(), wire.getSubject(),
        ReceivedCommand.scopes(wire.getScope()).orElse(Scopes.NONE), Optional.ofNullable(wire.getAuthTime()),
        Optional.ofNullable(wire.getAcr()), List.copyOf(wire.getAmr()), Optional.ofNullable(wire.getNonce()),
        received.claims(id, wire.getSealedClaims()), received.resources(),
        received.userClaims(id, wire.getSealedUserClaims()), Optional.empty(), Optional.empty(),
        received.details(id, wire.getSealedAuthorizationDetails()))
        .withUserInfoClaims(received.userClaims(id, wire.getSealedUserInfoClaims()));
    return new Command.CreateAuthorization(received.delivery(), id, consent,
        Optional.ofNullable(wire.getRedirectUri()),
        Optional.ofNullable(wire.getCodeChallenge()).map(CodeChallenge::new));
  }
}
