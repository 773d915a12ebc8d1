package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import java.time.Instant;
import java.util.Optional;

/**
 * An authorization that is born active of one token request, with no step before it. It is kept with or without a refresh
 * handle, so that introspection and revocation find the access token's state by its {@code jti}.
 */
public final class NewAuthorization {
  private NewAuthorization() {}

  /**
   * Grants the whole consent.
   *
   * @param id under which nothing is kept yet
   * @param consent stands; the key that the request is bound to becomes its own
   */
  public static Decision bornOf(TokenRequest request, AuthorizationId id, Consent consent, Registration registration) {
    Client client = registration.client();
    Instant bornAt = request.delivery().requestedAt();
    boolean refreshable = Terms.isRefreshable(consent, client);
    Rotation rotation = refreshable ? Rotation.first(bornAt) : Rotation.none(bornAt);
    GrantTerms terms = Terms.forConsent(request, registration, consent, consent.scopes(),
        refreshable ? Optional.of(rotation.generation()) : Optional.empty());
    Applied applied = new Applied(
        request.delivery().commandId(), request.delivery().position(), new Answer.Granted(terms));
    Active state = new Active(
        HandleKind.REFRESH_TOKEN, consent.boundTo(request.delivery().confirmation()), rotation);
    return Decision.granting(Optional.empty(),
        Authorization.born(id, state, applied, bornAt, Terms.keepUntil(terms, bornAt, client)));
  }
}
