package dev.mintlog.grant;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import dev.mintlog.grant.ciba.BackchannelCreation;
import dev.mintlog.grant.code.AuthorizationCreation;
import dev.mintlog.grant.device.DeviceAuthorizationCreation;
import dev.mintlog.grant.polled.RequestDecision;
import dev.mintlog.proof.Claimed;
import java.util.Optional;
import java.util.OptionalInt;

/** decide(state, command) → Decision: the one place where a command is judged. */
public final class Decider {
  private Decider() {}

  /**
   * Judges a command.
   *
   * @param loaded the state its authorization has; empty where there is none
   * @param userCode which candidate user_code was claimed; empty where the command has none, or none was free
   */
  public static Decision decide(Optional<Authorization> loaded, Command command, Registration registration,
      OptionalInt userCode) {
    return decide(loaded, command, registration, userCode, new Claimed.Fresh());
  }

  /**
   * Judges a command that spends proofs.
   *
   * @param claimed what became of them; what this very command was granted before it is granted again all the same
   */
  public static Decision decide(Optional<Authorization> loaded, Command command, Registration registration,
      OptionalInt userCode, Claimed claimed) {
    if (loaded.isPresent()) {
      Authorization state = loaded.get();
      switch (state.relationTo(command.delivery().commandId(), command.delivery().position())) {
        case SAME:
          return new Decision.Answered(new Decision.AlreadyCommitted(state), state.applied().answer());
        case EARLIER:
          return new Decision.Skipped();
        default:
          break;
      }
    }
    return ProofRefusal.guard(command, claimed, () -> judge(loaded, command, registration, userCode));
  }

  private static Decision judge(Optional<Authorization> loaded, Command command, Registration registration,
      OptionalInt userCode) {
    if (command instanceof Command.RevokeAuthorization revoke) {
      return Revocation.decide(loaded, revoke);
    }
    if (!registration.client().enabled()) {
      return Decision.denied(TokenError.INVALID_CLIENT, "expected an enabled client, but it is disabled");
    }
    if (command instanceof Command.TokenRequest request) {
      if (Terms.signingKey(request, registration).isEmpty()) {
        return ResponseSigning.withoutKey();
      }
      return GrantHandlers.decide(loaded, request, registration);
    }
    if (command instanceof Command.CreateAuthorization create) {
      return AuthorizationCreation.decide(loaded, create, registration);
    }
    if (command instanceof Command.CreateDeviceAuthorization create) {
      return DeviceAuthorizationCreation.decide(loaded, create, registration, userCode);
    }
    if (command instanceof Command.CreateBackchannelRequest create) {
      return BackchannelCreation.decide(loaded, create, registration);
    }
    if (command instanceof Command.ApproveRequest approve) {
      return RequestDecision.approve(loaded, approve);
    }
    if (command instanceof Command.RefuseRequest refuse) {
      return RequestDecision.refuse(loaded, refuse);
    }
    if (command instanceof Command.SignResponse sign) {
      return ResponseSigning.decide(sign, registration);
    }
    if (command instanceof Command.RevokeBefore revoke) {
      return Decision.registering(revoke);
    }
    if (command instanceof Command.SpendProofs) {
      // The guard above let it pass: they were fresh, and are spent now.
      return Decision.unchanged(new Answer.Done());
    }
    throw new IllegalStateException("no decision is written for " + command.getClass().getName());
  }

  /** The answer to a grant that could not be committed before its deadline. Nothing was changed. */
  public static Answer.Denied tooLate() {
    return Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE,
        "expected to answer within the request's deadline, but it had passed; nothing was changed");
  }

  /** The answer where the state kept changing, or stayed behind what was answered before. Nothing was changed. */
  public static Answer.Denied unsettled() {
    return Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE,
        "expected the authorization's state to settle, but it kept changing or stayed behind; nothing was changed");
  }
}
