package dev.mintlog.grant.device;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.DeviceApproved;
import dev.mintlog.authorization.AuthorizationState.DevicePending;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.ApproveDeviceAuthorization;
import dev.mintlog.command.Command.RefuseDeviceAuthorization;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.RequestedScopes;
import java.util.List;
import java.util.Optional;

/** The user's decision on a device, RFC 8628 §3.3. It is set once: the same again is fine, the opposite is not. */
public final class DeviceDecision {
  private DeviceDecision() {}

  public static Decision approve(Optional<Authorization> loaded, ApproveDeviceAuthorization command,
      Registration registration) {
    if (loaded.isEmpty()) {
      return unknown();
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> unknown(),
        pending -> approved(before, pending, command, registration),
        approved -> again(approved.consent(), command),
        refused -> already("refused"),
        active -> redeemed(active, command),
        revoked -> already("revoked"));
  }

  public static Decision refuse(Optional<Authorization> loaded, RefuseDeviceAuthorization command) {
    if (loaded.isEmpty()) {
      return unknown();
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> unknown(),
        pending -> pending.request().isExpired(command.delivery().requestedAt()) ? expired()
            : Decision.taking(before, before.next(pending.refuse(),
                new Applied(command.delivery().commandId(), command.delivery().position(), new Answer.Done()),
                before.keptUntil())),
        approved -> already("approved"),
        refused -> Decision.unchanged(new Answer.Done()),
        active -> active.origin() == HandleKind.DEVICE_CODE ? already("approved") : unknown(),
        revoked -> already("revoked"));
  }

  private static Decision approved(Authorization before, DevicePending pending, ApproveDeviceAuthorization command,
      Registration registration) {
    if (pending.request().isExpired(command.delivery().requestedAt())) {
      return expired();
    }
    Scopes scopes = RequestedScopes.orAll(command.scope(), pending.request().scopes());
    Optional<Denied> wider = RequestedScopes.refusal(scopes, pending.request().scopes());
    if (wider.isPresent()) {
      return Decision.unchanged(wider.get());
    }
    Consent consent = new Consent(pending.clientId(), command.subject(), scopes, command.authTime(), command.acr(),
        command.amr(), Optional.empty(), command.claims(), List.of(), command.userClaims());
    DeviceApproved after = pending.approve(consent);
    return Decision.granting(Optional.of(before), before.next(after,
        new Applied(command.delivery().commandId(), command.delivery().position(), new Answer.Done()),
        before.keptUntil()));
  }

  private static Decision redeemed(Active active, ApproveDeviceAuthorization command) {
    return active.origin() == HandleKind.DEVICE_CODE ? again(active.consent(), command) : unknown();
  }

  private static Decision again(Consent consent, ApproveDeviceAuthorization command) {
    return consent.subject().equals(command.subject())
        ? Decision.unchanged(new Answer.Done())
        : already("approved for another subject");
  }

  private static Decision already(String decided) {
    return Decision.denied(TokenError.ALREADY_DECIDED,
        "expected a device authorization that waits for a decision, but it was " + decided);
  }

  private static Decision expired() {
    return Decision.denied(TokenError.NOT_FOUND, "expected a device authorization that waits, but it has expired");
  }

  private static Decision unknown() {
    return Decision.denied(TokenError.NOT_FOUND, "expected the user_code of a device authorization that waits");
  }
}
