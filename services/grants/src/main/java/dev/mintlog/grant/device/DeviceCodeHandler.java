package dev.mintlog.grant.device;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.DeviceApproved;
import dev.mintlog.authorization.AuthorizationState.DevicePending;
import dev.mintlog.authorization.DeviceRequest;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ConsentCheck;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.GrantHandler;
import dev.mintlog.grant.Terms;
import java.time.Instant;
import java.util.Optional;

/** Answers a device's poll, RFC 8628 §3.4 and §3.5. Approved, denied and expired come before slow_down. */
public final class DeviceCodeHandler implements GrantHandler<Grant.DeviceCode> {
  private static final String UNKNOWN = "expected a device_code that was issued to the client and is not redeemed";

  @Override
  public GrantType type() {
    return GrantType.DEVICE_CODE;
  }

  @Override
  public Class<Grant.DeviceCode> grant() {
    return Grant.DeviceCode.class;
  }

  @Override
  public Decision decide(Optional<Authorization> loaded, TokenRequest request, Grant.DeviceCode grant,
      Registration registration) {
    if (loaded.isEmpty() || !loaded.get().state().clientId().equals(request.clientId())) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN),
        pending -> poll(before, pending, request),
        approved -> redeem(before, approved, request, registration),
        refused -> isOver(refused.request(), request) ? expired() : refused(),
        active -> again(before, active, request, registration),
        revoked -> Decision.denied(TokenError.INVALID_GRANT, UNKNOWN));
  }

  private static Decision poll(Authorization before, DevicePending pending, TokenRequest request) {
    if (isOver(pending.request(), request)) {
      return expired();
    }
    Instant polledAt = request.delivery().appendedAt();
    // RFC 8628 §3.5: slow_down where "polling is faster than the interval"; only while the user has not decided.
    boolean tooSoon = pending.polls().isTooSoon(polledAt);
    PollClock polls = tooSoon ? pending.polls().slowedDown(polledAt) : pending.polls().polled(polledAt);
    Answer answer = new Answer.Pending(
        tooSoon ? TokenError.SLOW_DOWN : TokenError.AUTHORIZATION_PENDING, polls.interval());
    return Decision.polled(before, before.next(pending.polled(polls), applied(request, answer), before.keptUntil()));
  }

  private static Decision redeem(Authorization before, DeviceApproved approved, TokenRequest request,
      Registration registration) {
    if (isOver(approved.request(), request)) {
      return expired();
    }
    return ConsentCheck.refusal(before, approved.consent(), registration).orElseGet(() -> {
      Instant now = request.delivery().requestedAt();
      boolean refreshable = Terms.isRefreshable(approved.consent(), registration.client());
      Active after = approved.redeem(refreshable ? Rotation.first(now) : Rotation.none(now));
      return granted(before, after, request, registration);
    });
  }

  // The first answer may have been lost on its way: within the grace window, while nothing that came of it was used, the
  // same device gets the same again.
  private static Decision again(Authorization before, Active active, TokenRequest request, Registration registration) {
    if (active.origin() != HandleKind.DEVICE_CODE) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    Rotation rotation = active.rotation();
    boolean used = rotation.generation() > 1;
    Instant windowStart = used ? rotation.previousSince().orElse(rotation.since()) : rotation.since();
    boolean inGrace = !request.delivery().requestedAt()
        .isAfter(windowStart.plus(registration.client().refresh().graceWindow()));
    if (!inGrace) {
      return Decision.taking(before, before.next(active.revoke(RevocationReason.DEVICE_CODE_REUSED),
          applied(request, Answer.Denied.revoking(TokenError.INVALID_GRANT, UNKNOWN)), before.keptUntil()));
    }
    if (used) {
      return Decision.denied(TokenError.INVALID_GRANT, UNKNOWN);
    }
    return ConsentCheck.refusal(before, active.consent(), registration)
        .orElseGet(() -> granted(before, active, request, registration));
  }

  private static Decision granted(Authorization before, Active after, TokenRequest request,
      Registration registration) {
    int generation = after.rotation().generation();
    GrantTerms terms = Terms.forConsent(request, registration, after.consent(), after.consent().scopes(),
        generation > 0 ? Optional.of(generation) : Optional.empty());
    return Decision.granting(Optional.of(before), before.next(after, applied(request, new Answer.Granted(terms)),
        Terms.keepUntil(terms, before.bornAt(), registration.client())));
  }

  private static boolean isOver(DeviceRequest device, TokenRequest request) {
    return device.isExpired(request.delivery().requestedAt());
  }

  private static Decision expired() {
    return Decision.denied(TokenError.EXPIRED_TOKEN,
        "expected a poll before the device_code expired; start a new device authorization");
  }

  private static Decision refused() {
    return Decision.denied(TokenError.ACCESS_DENIED, "the user refused the device authorization");
  }

  private static Applied applied(TokenRequest request, Answer answer) {
    return new Applied(request.delivery().commandId(), request.delivery().position(), answer);
  }
}
