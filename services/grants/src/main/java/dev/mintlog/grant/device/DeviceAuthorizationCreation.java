package dev.mintlog.grant.device;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.CreateDeviceAuthorization;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.RequestedScopes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Birth of an authorization by a device request, RFC 8628 §3.1 and §3.2. */
public final class DeviceAuthorizationCreation {
  private DeviceAuthorizationCreation() {}

  public static Decision decide(Optional<Authorization> loaded, CreateDeviceAuthorization command,
      Registration registration, OptionalInt userCode) {
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Client client = registration.client();
    if (!client.mayUse(GrantType.DEVICE_CODE)) {
      return Decision.denied(TokenError.UNAUTHORIZED_CLIENT,
          "expected a client that may use " + GrantType.DEVICE_CODE);
    }
    Scopes wanted = RequestedScopes.orAll(command.scope(), client.allowedScopes());
    Optional<Denied> refusal = RequestedScopes.refusal(wanted, client.allowedScopes());
    if (refusal.isPresent()) {
      return Decision.unchanged(refusal.get());
    }
    if (userCode.isEmpty()) {
      return Decision.denied(TokenError.TEMPORARILY_UNAVAILABLE,
          "expected a free user_code, but all candidates were taken; try again");
    }
    return born(command, client, wanted, userCode.getAsInt());
  }

  private static Decision born(CreateDeviceAuthorization command, Client client, Scopes scopes, int userCode) {
    Instant bornAt = command.delivery().requestedAt();
    Client.DevicePolicy policy = client.device();
    Instant expiresAt = bornAt.plus(policy.lifetime());
    PolledRequest request = PolledRequest.ofDevice(
        client.id(), scopes, expiresAt, command.userCodeDigests().get(userCode));
    Pending state = new Pending(request, PollClock.notYetPolled(policy.pollingInterval()));
    Applied applied = new Applied(command.delivery().commandId(), command.delivery().position(),
        new Answer.RequestCreated(OptionalInt.of(userCode), policy.lifetime(), policy.pollingInterval()));
    return Decision.granting(Optional.empty(), Authorization.born(command.id(), state, applied, bornAt,
        expiresAt.plus(PolledRequest.KEPT_AFTER_EXPIRY)));
  }
}
