package dev.mintlog.grant.clientcredentials;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.RequestedScopes;
import dev.mintlog.grant.Terms;
import java.util.Optional;

/** The client acts for itself: API scopes only, no refresh token (RFC 6749 §4.4.3), no ID token. */
public final class ClientCredentialsHandler implements GrantHandler<Grant.ClientCredentials> {

  @Override
  public Class<Grant.ClientCredentials> grant() {
    return Grant.ClientCredentials.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.ClientCredentials grant,
      Registration registration) {
    Scopes allowed = registration.client().allowedScopes().filtered(registration.tenant()::isApiScope);
    Scopes wanted = RequestedScopes.orAll(request.scope(), allowed);
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, allowed);
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    return Decision.unchanged(new Answer.Granted(Terms.forClient(request, registration, wanted)));
  }
}
