package dev.mintlog.event;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.GrantType;
import dev.mintlog.command.Command;
import dev.mintlog.event.AuditEvent.AuthorizationCreated;
import dev.mintlog.event.AuditEvent.AuthorizationRevoked;
import dev.mintlog.event.AuditEvent.AuthorizationsRevoked;
import dev.mintlog.event.AuditEvent.RequestApproved;
import dev.mintlog.event.AuditEvent.RequestCreated;
import dev.mintlog.event.AuditEvent.RequestRefused;
import dev.mintlog.event.AuditEvent.ResponseSigned;
import dev.mintlog.event.AuditEvent.TokenDenied;
import dev.mintlog.event.AuditEvent.TokenIssued;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which events an answered command leaves. A function of the command, its answer and the state it left, so that a command
 * delivered again leaves the same ones: the first delivery may have died before the log took them.
 */
public final class AuditEvents {
  private AuditEvents() {}

  /**
   * The events of a command.
   *
   * @param after the state the command left; empty where it changed none
   */
  public static List<AuditEvent> of(Command command, Answer answer, Optional<Authorization> after) {
    List<AuditEvent> events = new ArrayList<>(2);
    if (answer instanceof Answer.Granted granted) {
      events.add(new TokenIssued(command, granted.terms(), after.flatMap(state -> state.state().consentGiven())));
    } else if (answer instanceof Answer.Denied denied) {
      events.add(new TokenDenied(command, grantType(command), denied.error(), denied.description()));
    } else if (answer instanceof Answer.Signed signed) {
      events.add(new ResponseSigned(command, signed.terms()));
    } else if (command instanceof Command.RevokeBefore revoke) {
      events.add(new AuthorizationsRevoked(revoke));
    } else if (!(answer instanceof Answer.Pending)) {
      after.flatMap(state -> ofChange(command, state)).ifPresent(events::add);
    }
    after.flatMap(state -> revocation(command, answer, state)).ifPresent(events::add);
    return List.copyOf(events);
  }

  private static Optional<AuditEvent> ofChange(Command command, Authorization after) {
    return after.state().match(
        code -> Optional.of(
            new AuthorizationCreated(command, after.id(), code.consent().subject(), code.consent().scopes())),
        pending -> Optional.of(new RequestCreated(
            command, after.id(), pending.request().handle(), pending.request().scopes(),
            pending.request().subject())),
        approved -> Optional.of(new RequestApproved(command, after.id(), approved.request().handle(),
            approved.consent().subject(), approved.consent().scopes())),
        refused -> Optional.of(new RequestRefused(command, after.id(), refused.request().handle())),
        active -> Optional.empty(),
        revoked -> Optional.empty());
  }

  private static Optional<AuditEvent> revocation(Command command, Answer answer, Authorization after) {
    boolean ends = answer instanceof Answer.Done || answer instanceof Answer.Denied denied && denied.revoked();
    if (!ends || !(after.state() instanceof Revoked revoked)) {
      return Optional.empty();
    }
    return Optional.of(new AuthorizationRevoked(command, after.id(), revoked.subject(), revoked.reason()));
  }

  private static Optional<GrantType> grantType(Command command) {
    return command instanceof Command.TokenRequest request
        ? Optional.of(request.grant().type())
        : Optional.empty();
  }
}
