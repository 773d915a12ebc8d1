package dev.mintlog.grant.refresh;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.command.TokenStyle;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.GrantPolicy;
import dev.mintlog.grant.RequestedDetails;
import dev.mintlog.grant.RequestedScopes;
import dev.mintlog.grant.SenderCheck;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/** Redeems a refresh handle and rotates it, or gives it again to a client whose handles do not rotate. */
public final class RefreshTokenHandler implements GrantHandler<Grant.RefreshToken> {
  private static final String UNKNOWN =
      "expected a refresh_token that was issued to the client and is neither expired, revoked nor superseded";

  @Override
  public Class<Grant.RefreshToken> grant() {
    return Grant.RefreshToken.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.RefreshToken grant,
      Registration registration) {
    // RFC 6749 §6: "the refresh token is bound to the client to which it was issued".
    if (loaded.isEmpty() || !loaded.get().state().clientId().equals(request.clientId())) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Authorization authorization = loaded.get();
    return authorization.state().match(
        // A refresh handle's MAC says that it was given; a state before any was given is older than that.
        code -> new Decision.StateBehind(),
        pending -> new Decision.StateBehind(),
        approved -> new Decision.StateBehind(),
        refused -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN),
        active -> present(authorization, active, request, grant, registration),
        revoked -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN));
  }

  private static Decision present(Authorization before, Active active, TokenRequest request, Grant.RefreshToken grant,
      Registration registration) {
    Instant now = request.delivery().requestedAt();
    Client client = registration.client();
    Optional<Decision> otherSender = SenderCheck.ofRedeemed(active.consent(), request, client);
    if (otherSender.isPresent()) {
      return otherSender.get();
    }
    // Whether what it ends with still stands is looked at for clients that may have such an authorization.
    if (active.consent().origin().isPresent() && !client.mayUse(GrantType.JWT_BEARER)) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    switch (active.rotation().presented(grant.generation(), now, client.refresh().graceWindow())) {
      case CURRENT:
        return isExpired(before, active, now, client)
            ? Decision.denied(TokenError.INVALID_GRANT, UNKNOWN)
            : checked(before, active, request, registration, presented(active, now, client));
      case PREVIOUS_IN_GRACE:
        // The end of the authorization is the end of its grace as well.
        return isExpired(before, active, now, client)
            ? Decision.denied(TokenError.INVALID_GRANT, UNKNOWN)
            : checked(before, active, request, registration, active);
      case SUPERSEDED_IN_GRACE:
        return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
      case REUSED:
        return reused(before, active, request);
      default:
        return new Decision.StateBehind();
    }
  }

  private static Active presented(Active active, Instant now, Client client) {
    return client.refresh().rotates() ? active.rotate(now) : active.giveAgain(now);
  }

  private static Decision checked(Authorization before, Active active, TokenRequest request,
      Registration registration, Active after) {
    // OpenID Connect Core §11: offline_access is what a refresh token is given for; who may no longer have it has none.
    if (!registration.client().allowedScopes().contains(Scopes.OFFLINE_ACCESS)) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    // RFC 6749 §6: "The requested scope MUST NOT include any scope not originally granted by the resource owner".
    Scopes wanted = RequestedScopes.orAll(
        asked(request, registration, active.consent().scopes()), active.consent().scopes());
    Optional<Denied> wider = RequestedScopes.refusal(wanted, active.consent().scopes())
        .or(() -> RequestedDetails.refusal(request, active.consent()));
    if (wider.isPresent()) {
      return Decision.unchanged(wider.get());
    }
    return ConsentCheck.refusal(before, active.consent(), registration)
        .orElseGet(() -> refreshed(before, active, request, registration, wanted, after));
  }

  // MSAL asks for openid, profile and offline_access with every request, whether they were granted or not.
  private static Optional<Scopes> asked(TokenRequest request, Registration registration, Scopes granted) {
    Optional<Scopes> asked = GrantPolicy.of(registration).scopeOfRefresh(request.scope());
    Optional<Scopes> meant = request.style() != TokenStyle.ENTRA ? asked : asked.map(
        scopes -> scopes.filtered(name -> registration.tenant().isApiScope(name) || granted.contains(name)
            || !registration.tenant().scopes().containsKey(name)));
    // Where nothing is left of what was asked, that is not to ask for all.
    return meant.filter(scopes -> !scopes.isEmpty()).or(() -> asked);
  }

  // Within the grace window the state keeps its generation, so the retry hears of the same successor.
  private static Decision refreshed(Authorization before, Active active, TokenRequest request,
      Registration registration, Scopes scopes, Active after) {
    GrantTerms terms = Terms.forConsent(request, registration, active.consent(), scopes,
        Optional.of(after.rotation().generation()));
    Instant keepUntil = Terms.keepUntil(terms, before.bornAt(), registration.client());
    return Decision.granting(Optional.of(before),
        before.next(after, applied(request, new Answer.Granted(terms)), keepUntil));
  }

  private static boolean isExpired(Authorization before, Active active, Instant now, Client client) {
    return !now.isBefore(client.refresh().endOf(before.bornAt(), active.rotation().lastGiven()));
  }

  // RFC 9700 §4.14.2: on reuse of a superseded refresh token "the authorization server […] SHOULD revoke the active
  // refresh token as well as the access authorization grant associated with it".
  private static Decision reused(Authorization before, Active active, TokenRequest request) {
    Revoked revoked = active.revoke(RevocationReason.REFRESH_TOKEN_REUSED);
    return Decision.taking(before, before.next(revoked,
        applied(request, Denied.revoking(TokenError.INVALID_GRANT, UNKNOWN)), before.keptUntil()));
  }

  private static Applied applied(TokenRequest request, Answer answer) {
    return new Applied(request.delivery().commandId(), request.delivery().position(), answer);
  }
}
