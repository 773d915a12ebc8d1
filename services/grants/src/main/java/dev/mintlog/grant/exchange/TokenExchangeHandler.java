package dev.mintlog.grant.exchange;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant.TokenExchange;
import dev.mintlog.command.SubjectToken;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.RequestedScopes;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges a token for one that may do the same or less, RFC 8693. It is decided on the authorization that the subject
 * token was issued on, among the commands that could end it, and belongs to it from then on: with it, the new token ends.
 */
public final class TokenExchangeHandler implements GrantHandler<TokenExchange> {
  private static final String ENDED = "a subject_token that lives, but it was revoked or has ended";

  @Override
  public Class<TokenExchange> grant() {
    return TokenExchange.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, TokenExchange grant,
      Registration registration) {
    Optional<Denied> refusal = ExchangeRules.refusal(request, grant, registration);
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    // Tokens are dated to the second; one that would live for none is not given.
    if (request.delivery().requestedAt().plusSeconds(1).isAfter(grant.subject().expiresAt())) {
      return ended();
    }
    if (grant.subject().authorization().isEmpty()) {
      return ofClient(request, grant, registration);
    }
    if (loaded.isEmpty()) {
      return ended();
    }
    Authorization before = loaded.get();
    return before.state().match(
        // A token was issued on it: a state before that is older.
        code -> new Decision.StateBehind(),
        pending -> new Decision.StateBehind(),
        approved -> new Decision.StateBehind(),
        refused -> ended(),
        active -> ofConsent(before, active, request, grant, registration),
        revoked -> ended());
  }

  private static Decision ofClient(TokenRequest request, TokenExchange grant, Registration registration) {
    SubjectToken subject = grant.subject();
    if (isRevoked(registration, subject.subject(), subject.clientId(), subject.issuedAt())) {
      return ended();
    }
    Scopes most = subject.scopes().orElse(Scopes.NONE);
    Scopes wanted = wanted(request, most, registration);
    return RequestedScopes.refusal(wanted, allowed(most, registration)).<Decision>map(Decision::unchanged)
        .orElseGet(() -> Decision.unchanged(new Answer.Granted(
            Terms.ofExchange(request, registration, grant, ExchangeRules.actors(grant), wanted, Optional.empty()))));
  }

  private static Decision ofConsent(Authorization before, Active active, TokenRequest request, TokenExchange grant,
      Registration registration) {
    SubjectToken subject = grant.subject();
    Consent consent = active.consent();
    if (!consent.subject().equals(subject.subject())
        || ConsentCheck.isRevoked(before.bornAt(), consent, registration)) {
      return ended();
    }
    // What it ends with is not looked at here.
    if (consent.origin().isPresent()) {
      return Decision.unchanged(ExchangeRules.unacceptable(
          "a subject_token that its client did not get on behalf of a user, but found one").orElseThrow());
    }
    // An ID token has no cnf of its own, and stands for all that was consented to.
    if (subject.scopes().isEmpty() && consent.confirmation().isPresent()
        && !consent.confirmation().equals(request.delivery().confirmation())) {
      return Decision.unchanged(ExchangeRules.unacceptable(
          "the proof of the key that what the user gave is bound to, but found none or another's").orElseThrow());
    }
    Scopes most = subject.scopes().orElse(consent.scopes()).filtered(consent.scopes()::contains);
    Scopes wanted = wanted(request, most, registration);
    Optional<Denied> wider = RequestedScopes.refusal(wanted, allowed(most, registration));
    if (wider.isPresent()) {
      return Decision.unchanged(wider.get());
    }
    GrantTerms terms = Terms.ofExchange(request, registration, grant, ExchangeRules.actors(grant), wanted,
        Optional.of(consent));
    Applied applied = new Applied(request.delivery().commandId(), request.delivery().position(),
        new Answer.Granted(terms));
    return Decision.granting(Optional.of(before), before.next(active, applied, terms.accessTokenExpiresAt()));
  }

  private static Scopes wanted(TokenRequest request, Scopes most, Registration registration) {
    return RequestedScopes.orAll(request.scope(), allowed(most, registration));
  }

  // Never more than the subject token, nor than the client, and for APIs alone: an exchange signs nobody in.
  private static Scopes allowed(Scopes most, Registration registration) {
    return most.filtered(registration.client().allowedScopes()::contains)
        .filtered(registration.tenant()::isApiScope);
  }

  private static boolean isRevoked(Registration registration, String subject, String clientId, Instant since) {
    return registration.revocations().revokedBefore(subject, clientId).filter(since::isBefore).isPresent();
  }

  private static Decision ended() {
    return Decision.unchanged(ExchangeRules.unacceptable(ENDED).orElseThrow());
  }
}
