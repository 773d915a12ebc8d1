package dev.mintlog.grant.password;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.NewAuthorization;
import dev.mintlog.grant.RequestedScopes;
import java.util.Optional;

/** Tokens for a user whose password was verified. An authorization is born of each. */
public final class PasswordHandler implements GrantHandler<Grant.Password> {

  @Override
  public Class<Grant.Password> grant() {
    return Grant.Password.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.Password grant,
      Registration registration) {
    // The id is a digest of 128 random bits: a state that is there was born of another command.
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Scopes allowed = registration.client().allowedScopes();
    Scopes wanted = RequestedScopes.orAll(request.scope(), allowed);
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, allowed);
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    Consent consent = new Consent(request.clientId(), grant.subject(), wanted, Optional.of(grant.authTime()),
        grant.acr(), grant.amr(), Optional.empty(), Optional.empty(), request.resources(), grant.userClaims(),
        Optional.of(grant.idp()), Optional.empty());
    // A user who was disabled since the edge looked hears what a wrong password hears.
    return ConsentCheck.isRevoked(request.delivery().requestedAt(), consent, registration)
        ? Decision.denied(TokenError.INVALID_GRANT, Grant.Password.NO_MATCH)
        : NewAuthorization.bornOf(request, grant.id(), consent, registration);
  }
}
