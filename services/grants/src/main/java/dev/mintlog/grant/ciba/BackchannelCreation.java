package dev.mintlog.grant.ciba;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.CreateBackchannelRequest;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.RequestedScopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Birth of an authorization by a backchannel authentication request, OpenID CIBA Core §7. */
public final class BackchannelCreation {
  private BackchannelCreation() {}

  public static Decision decide(Optional<Authorization> loaded, CreateBackchannelRequest command,
      Registration registration) {
    if (loaded.isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST, "expected a new authorization, but this one exists");
    }
    Client client = registration.client();
    if (!client.mayUse(GrantType.CIBA)) {
      return Decision.denied(TokenError.UNAUTHORIZED_CLIENT, "expected a client that may use " + GrantType.CIBA);
    }
    // OpenID CIBA Core §7.1: "CIBA authentication requests MUST […] contain the openid scope value".
    if (!command.scope().contains(Scopes.OPENID)) {
      return Decision.denied(TokenError.INVALID_REQUEST, "Missing the openid scope");
    }
    Optional<Denied> refusal = RequestedScopes.refusal(command.scope(), client.allowedScopes());
    return refusal.<Decision>map(Decision::unchanged).orElseGet(() -> born(command, client));
  }

  private static Decision born(CreateBackchannelRequest command, Client client) {
    Instant bornAt = command.delivery().requestedAt();
    CibaPolicy policy = client.ciba();
    Duration lifetime =
        command.requestedExpiry().filter(asked -> asked.compareTo(policy.lifetime()) < 0).orElse(policy.lifetime());
    Instant expiresAt = bornAt.plus(lifetime);
    PolledRequest request =
        PolledRequest.ofBackchannel(client.id(), command.scope(), expiresAt, command.asked());
    Pending state = new Pending(request, PollClock.notYetPolled(policy.pollingInterval()));
    Applied applied = new Applied(command.delivery().commandId(), command.delivery().position(),
        new Answer.RequestCreated(OptionalInt.empty(), lifetime, policy.pollingInterval()));
    return Decision.granting(Optional.empty(), Authorization.born(command.id(), state, applied, bornAt,
        expiresAt.plus(PolledRequest.KEPT_AFTER_EXPIRY)));
  }
}
