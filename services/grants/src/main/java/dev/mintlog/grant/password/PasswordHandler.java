package dev.mintlog.grant.password;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.RequestedScopes;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * Tokens for a user whose password was verified. An authorization is born of each, with or without a refresh handle, so
 * that introspection and revocation find the access token's state by its {@code jti}.
 */
public final class PasswordHandler implements GrantHandler<Grant.Password> {

  @Override
  public GrantType type() {
    return GrantType.PASSWORD;
  }

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
        Optional.of(grant.idp()), request.delivery().confirmation());
    // A user who was disabled since the edge looked hears what a wrong password hears.
    return ConsentCheck.isRevoked(request.delivery().requestedAt(), consent, registration)
        ? Decision.denied(TokenError.INVALID_GRANT, Grant.Password.NO_MATCH)
        : born(request, grant, consent, registration);
  }

  private static Decision born(TokenRequest request, Grant.Password grant, Consent consent,
      Registration registration) {
    Client client = registration.client();
    Instant bornAt = request.delivery().requestedAt();
    boolean refreshable = Terms.isRefreshable(consent, client);
    Rotation rotation = refreshable ? Rotation.first(bornAt) : Rotation.none(bornAt);
    GrantTerms terms = Terms.forConsent(request, registration, consent, consent.scopes(),
        refreshable ? Optional.of(rotation.generation()) : Optional.empty());
    Applied applied = new Applied(request.delivery().commandId(), request.delivery().position(),
        new Answer.Granted(terms));
    Active state = new Active(HandleKind.REFRESH_TOKEN, consent, rotation);
    return Decision.granting(Optional.empty(), Authorization.born(grant.id(), state, applied, bornAt,
        Terms.keepUntil(terms, bornAt, client)));
  }
}
