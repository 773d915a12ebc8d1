package dev.mintlog.grant.polled;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.ApproveRequest;
import dev.mintlog.command.Command.RefuseRequest;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.RequestedScopes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The user's decision, RFC 8628 §3.3. It is set once: the same again is fine, the opposite is not. */
public final class RequestDecision {
  private RequestDecision() {}

  public static Decision approve(Optional<Authorization> loaded, ApproveRequest command) {
    if (loaded.isEmpty()) {
      return unknown();
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> unknown(),
        pending -> waiting(pending.request(), command.handle(), command, () -> approved(before, pending, command)),
        approved -> of(approved.request().handle(), command.handle(), () -> again(approved.consent(), command)),
        refused -> of(refused.request().handle(), command.handle(), () -> already("refused")),
        active -> of(active.origin(), command.handle(), () -> again(active.consent(), command)),
        revoked -> already("revoked"));
  }

  public static Decision refuse(Optional<Authorization> loaded, RefuseRequest command) {
    if (loaded.isEmpty()) {
      return unknown();
    }
    Authorization before = loaded.get();
    return before.state().match(
        code -> unknown(),
        pending -> waiting(pending.request(), command.handle(), command, () -> Decision.taking(before,
            before.next(pending.refuse(), done(command), before.keptUntil()))),
        approved -> of(approved.request().handle(), command.handle(), () -> already("approved")),
        refused -> of(refused.request().handle(), command.handle(), () -> Decision.unchanged(new Answer.Done())),
        active -> of(active.origin(), command.handle(), () -> already("approved")),
        revoked -> already("revoked"));
  }

  private static Decision waiting(PolledRequest request, HandleKind wanted, Command command,
      Supplier<Decision> decision) {
    return of(request.handle(), wanted,
        () -> request.isExpired(command.delivery().requestedAt()) ? expired() : decision.get());
  }

  private static Decision of(HandleKind found, HandleKind wanted, Supplier<Decision> decision) {
    return found == wanted ? decision.get() : unknown();
  }

  private static Decision approved(Authorization before, Pending pending, ApproveRequest command) {
    if (pending.request().subject().filter(asked -> !asked.equals(command.subject())).isPresent()) {
      return Decision.denied(TokenError.INVALID_REQUEST,
          "expected the subject that the client asked for, but found another");
    }
    Scopes scopes = RequestedScopes.orAll(command.scope(), pending.request().scopes());
    Optional<Denied> wider = RequestedScopes.refusal(scopes, pending.request().scopes());
    if (wider.isPresent()) {
      return Decision.unchanged(wider.get());
    }
    Consent consent = new Consent(pending.clientId(), command.subject(), scopes, command.authTime(), command.acr(),
        command.amr(), Optional.empty(), command.claims(), List.of(), command.userClaims());
    return Decision.granting(
        Optional.of(before), before.next(pending.approve(consent), done(command), before.keptUntil()));
  }

  private static Decision again(Consent consent, ApproveRequest command) {
    return consent.subject().equals(command.subject())
        ? Decision.unchanged(new Answer.Done())
        : already("approved for another subject");
  }

  private static Applied done(Command command) {
    return new Applied(command.delivery().commandId(), command.delivery().position(), new Answer.Done());
  }

  private static Decision already(String decided) {
    return Decision.denied(TokenError.ALREADY_DECIDED,
        "expected a request that waits for a decision, but it was " + decided);
  }

  private static Decision expired() {
    return Decision.denied(TokenError.NOT_FOUND, "expected a request that waits, but it has expired");
  }

  private static Decision unknown() {
    return Decision.denied(TokenError.NOT_FOUND, "expected a request that waits for a decision, but found none");
  }
}
