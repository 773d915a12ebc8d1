package dev.mintlog.grant.extension;

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
 * Tokens for whom an extension vouches, of whatever grant type. Of a user's an authorization is born, with or without a
 * refresh handle, so that introspection and revocation find the token's state; the client's own have none.
 */
public final class ExtensionHandler implements GrantHandler<Grant.Extension> {

  @Override
  public GrantType type() {
    throw new UnsupportedOperationException("each extension has a grant type of its own: ask the grant");
  }

  @Override
  public Class<Grant.Extension> grant() {
    return Grant.Extension.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.Extension grant,
      Registration registration) {
    // The client may use the grant type after all: its registration changed since the edge looked.
    if (!grant.judged()) {
      return Decision.denied(TokenError.TEMPORARILY_UNAVAILABLE,
          "expected the client's registration to stay as it was, but it changed; send the request again");
    }
    // The id is a digest of 128 random bits: a state that is there was born of another command.
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Scopes mayHave = registration.client().allowedScopes();
    Scopes allowed = grant.user().isPresent() ? mayHave : mayHave.filtered(registration.tenant()::isApiScope);
    Scopes wanted = RequestedScopes.orAll(request.scope(), allowed);
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, allowed);
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    return grant.user()
        .map(user -> forUser(request, user, wanted, registration))
        .orElseGet(() -> Decision.unchanged(new Answer.Granted(Terms.forClient(request, registration, wanted))));
  }

  private static Decision forUser(TokenRequest request, Grant.Extension.User user, Scopes scopes,
      Registration registration) {
    Consent consent = new Consent(request.clientId(), user.subject(), scopes, user.authTime(), user.acr(), user.amr(),
        Optional.empty(), Optional.empty(), request.resources(), user.claims());
    Instant bornAt = request.delivery().requestedAt();
    // A user who was disabled since the edge looked, or whose consents are revoked until a time to come.
    if (ConsentCheck.isRevoked(bornAt, consent, registration)) {
      return Decision.denied(TokenError.INVALID_GRANT, Grant.Extension.NO_USER);
    }
    boolean refreshable = Terms.isRefreshable(consent, registration.client());
    Rotation rotation = refreshable ? Rotation.first(bornAt) : Rotation.none(bornAt);
    GrantTerms terms = Terms.forConsent(request, registration, consent, scopes,
        refreshable ? Optional.of(rotation.generation()) : Optional.empty());
    Applied applied = new Applied(
        request.delivery().commandId(), request.delivery().position(), new Answer.Granted(terms));
    Active state = new Active(
        HandleKind.REFRESH_TOKEN, consent.boundTo(request.delivery().confirmation()), rotation);
    return Decision.granting(Optional.empty(), Authorization.born(user.id(), state, applied, bornAt,
        Terms.keepUntil(terms, bornAt, registration.client())));
  }
}
