package dev.mintlog.grant.extension;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.NewAuthorization;
import dev.mintlog.grant.RequestedScopes;
import dev.mintlog.grant.Terms;
import java.util.Optional;

/**
 * Tokens for whom an extension vouches, or an assertion (RFC 7523), of whatever grant type. Of a user's an authorization
 * is born; the client's own have none.
 */
public final class ExtensionHandler implements GrantHandler<Grant.Extension> {

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
    Consent given = new Consent(request.clientId(), user.subject(), scopes, user.authTime(), user.acr(), user.amr(),
        Optional.empty(), Optional.empty(), request.resources(), user.claims(), user.idp(), Optional.empty());
    // Whom other extensions name is nobody that a client is registered for.
    Consent consent = user.idp().filter(issuer -> request.grant().type().equals(GrantType.JWT_BEARER))
        .map(given::vouchedForBy).orElse(given);
    // A user who was disabled since the edge looked, or whose consents are revoked until a time to come.
    return ConsentCheck.isRevoked(request.delivery().requestedAt(), consent, registration)
        ? Decision.denied(TokenError.INVALID_GRANT, Grant.Extension.NO_USER)
        : NewAuthorization.bornOf(request, user.id(), consent, registration);
  }
}
