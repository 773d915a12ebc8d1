package dev.mintlog.grant.polled;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.SenderCheck;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/**
 * One poll, RFC 8628 §3.4 and §3.5. Approved, refused and expired come before slow_down.
 *
 * @param handle what is polled with
 */
public record Polling(HandleKind handle, TokenRequest request, Registration registration) {

  public Decision decide(Optional<Authorization> loaded) {
    if (loaded.isEmpty() || !loaded.get().state().clientId().equals(request.clientId())) {
      return unknown();
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> unknown(),
        pending -> ofThisKind(pending.request()).orElseGet(() -> poll(before, pending)),
        approved -> ofThisKind(approved.request()).orElseGet(() -> redeem(before, approved)),
        refused -> ofThisKind(refused.request()).orElseGet(Polling::refused),
        active -> again(before, active),
        revoked -> unknown());
  }

  private Optional<Decision> ofThisKind(PolledRequest polled) {
    if (polled.handle() != handle) {
      return Optional.of(unknown());
    }
    return polled.isExpired(request.delivery().requestedAt()) ? Optional.of(expired()) : Optional.empty();
  }

  private Decision poll(Authorization before, Pending pending) {
    Instant polledAt = request.delivery().appendedAt();
    // RFC 8628 §3.5: slow_down where "polling is faster than the interval"; only while the user has not decided.
    boolean tooSoon = pending.polls().isTooSoon(polledAt);
    PollClock polls = tooSoon ? pending.polls().slowedDown(polledAt) : pending.polls().polled(polledAt);
    Answer answer = new Answer.Pending(
        tooSoon ? TokenError.SLOW_DOWN : TokenError.AUTHORIZATION_PENDING, polls.interval());
    return Decision.polled(before, before.next(pending.polled(polls), applied(answer), before.keptUntil()));
  }

  private Decision redeem(Authorization before, Approved approved) {
    return ConsentCheck.refusal(before, approved.consent(), registration).orElseGet(() -> {
      Instant now = request.delivery().requestedAt();
      boolean refreshable = Terms.isRefreshable(approved.consent(), registration.client());
      return granted(before, approved.redeem(refreshable ? Rotation.first(now) : Rotation.none(now),
          request.delivery().confirmation()));
    });
  }

  // The first answer may have been lost on its way: within the grace window, while nothing that came of it was used, the
  // same client gets the same again.
  private Decision again(Authorization before, Active active) {
    if (active.origin() != handle) {
      return unknown();
    }
    Optional<Decision> otherSender = SenderCheck.ofRedeemed(active.consent(), request, registration.client());
    if (otherSender.isPresent()) {
      return otherSender.get();
    }
    Rotation rotation = active.rotation();
    boolean used = rotation.isUsed();
    Instant windowStart = used ? rotation.previousSince().orElse(rotation.since()) : rotation.since();
    boolean inGrace = !request.delivery().requestedAt()
        .isAfter(windowStart.plus(registration.client().refresh().graceWindow()));
    if (!inGrace) {
      return Decision.taking(before, before.next(active.revoke(RevocationReason.ofReuse(handle)),
          applied(Answer.Denied.revoking(TokenError.INVALID_GRANT, unknownText())), before.keptUntil()));
    }
    if (used) {
      return unknown();
    }
    return ConsentCheck.refusal(before, active.consent(), registration).orElseGet(() -> granted(before, active));
  }

  private Decision granted(Authorization before, Active after) {
    int generation = after.rotation().generation();
    GrantTerms terms = Terms.forConsent(request, registration, after.consent(), after.consent().scopes(),
        generation > 0 ? Optional.of(generation) : Optional.empty());
    return Decision.granting(Optional.of(before), before.next(after, applied(new Answer.Granted(terms)),
        Terms.keepUntil(terms, before.bornAt(), registration.client())));
  }

  private Decision unknown() {
    return Decision.denied(TokenError.INVALID_GRANT, unknownText());
  }

  private String unknownText() {
    return "expected a " + handle.parameter() + " that was issued to the client and is not redeemed";
  }

  private Decision expired() {
    return Decision.denied(TokenError.EXPIRED_TOKEN,
        "expected a poll before the " + handle.parameter() + " expired; ask for a new one");
  }

  private static Decision refused() {
    return Decision.denied(TokenError.ACCESS_DENIED, "the user refused the request");
  }

  private Applied applied(Answer answer) {
    return new Applied(request.delivery().commandId(), request.delivery().position(), answer);
  }
}
