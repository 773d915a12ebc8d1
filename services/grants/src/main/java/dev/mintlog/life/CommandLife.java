package dev.mintlog.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.CreateDeviceAuthorization;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.event.AuditEvents;
import dev.mintlog.grant.Decider;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.Decision.AlreadyCommitted;
import dev.mintlog.grant.Decision.Answered;
import dev.mintlog.grant.Decision.Change;
import dev.mintlog.grant.Decision.Committed;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.CommitResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The order in which one command's effects happen, as a machine without effects: each method takes the result of a step
 * and says the next. Confined to whoever performs the steps; not thread-safe. A step that fails is performed again, or
 * the whole life is begun anew from the log: both are safe at every point, which is what this order is for.
 */
public final class CommandLife {
  /** More conflicts, restores and changes of the primary in one life than this are no race but a fault. */
  public static final int ATTEMPTS_MAX = 12;

  private static final int WINDOW_MOVES_MAX = 4;

  private final Command command;
  private final Registration registration;
  private OptionalInt userCode = OptionalInt.empty();
  private Answered decided;
  private Optional<Authorization> after = Optional.empty();
  private Optional<Authorization> moved = Optional.empty();
  private boolean movesWindow;
  private boolean recorded;
  private boolean committed;
  private boolean inTheLog;
  private boolean answered;
  private int attempts;
  private int windowMoves;

  public CommandLife(Command command, Registration registration) {
    this.command = command;
    this.registration = registration;
  }

  public Command command() {
    return command;
  }

  /**
   * Whether the store has taken a change that is to be recorded: what was presented for it may be spent, whatever becomes of
   * the answer.
   */
  public boolean hasCommitted() {
    return committed && recorded;
  }

  /**
   * The first step.
   *
   * @param now the processor's clock; a grant without state has no store whose clock could judge its deadline
   */
  public Step begin(Instant now) {
    if (command instanceof CreateDeviceAuthorization create) {
      Instant keepUntil = create.delivery().requestedAt().plus(registration.client().device().lifetime());
      return new Step.ClaimUserCode(create.id(), create.userCodeDigests(), keepUntil);
    }
    if (command.authorization().isPresent()) {
      return look();
    }
    // As every revocation it counts at any age.
    boolean hasDeadline = !(command instanceof Command.RevokeBefore);
    if (hasDeadline && now.isAfter(command.delivery().deadline())) {
      return publish(Decision.unchanged(Decider.tooLate()));
    }
    // A grant without state and without a proof to spend touches no store.
    return command.delivery().claims().isEmpty() ? decideOn(Optional.empty(), new Claimed.Fresh()) : look();
  }

  /** The first candidate that was free, or was claimed by this very command before. */
  public Step claimed(OptionalInt chosen) {
    userCode = chosen;
    return look();
  }

  /** What the load of a command that spends no proof found. */
  public Step loaded(Optional<Authorization> state) {
    return loaded(state, new Claimed.Fresh());
  }

  /**
   * What the load found, and what became of the proofs.
   *
   * @param claimed not {@link Claimed.Incomplete}: then {@link #incomplete} is called
   */
  public Step loaded(Optional<Authorization> state, Claimed claimed) {
    movesWindow = false;
    return isExhausted() ? unsettled() : decideOn(state, claimed);
  }

  /** What became of the proofs of a command without authorization. */
  public Step proofsClaimed(Claimed claimed) {
    return claimed instanceof Claimed.Incomplete ? incomplete() : decideOn(Optional.empty(), claimed);
  }

  /** The primary said that it is not complete: what it holds is not to be judged by. */
  public Step incomplete() {
    return isExhausted() ? unsettled() : restore();
  }

  public Step restored() {
    return look();
  }

  /** The registry says what was to be registered; who reads it learns of it with its next revision. */
  public Step registered() {
    return publish(decided);
  }

  public Step committed(CommitResult result) {
    committed |= result == CommitResult.COMMITTED;
    if (movesWindow) {
      if (result == CommitResult.COMMITTED) {
        after = moved;
        return new Step.Publish(decided.answer(), consentBehind(after), List.of(), after);
      }
      // Another owner was faster, or the primary was lost and restored from a log that did not have this outcome yet.
      return new Step.WriteBack(after.orElseThrow());
    }
    return switch (result) {
      case COMMITTED -> publish(decided);
      case CONFLICT -> look();
      case LATE -> publish(Decision.unchanged(Decider.tooLate()));
    };
  }

  /**
   * The log has events and changelog entry.
   *
   * @param now the processor's clock
   */
  public Step published(Instant now) {
    inTheLog = true;
    // A poll clock that a lost primary forgets does no harm; written back late it would overwrite a decision.
    if (after.isEmpty() || !recorded) {
      return new Step.Reply(decided.answer());
    }
    boolean wasMoved = movesWindow;
    movesWindow = false;
    Optional<Step> move = wasMoved ? Optional.empty() : moveWindow(after.get(), now);
    return move.orElseGet(() -> new Step.Confirm(after.get().id()));
  }

  public Step confirmed(boolean samePrimary) {
    if (samePrimary) {
      return answered ? new Step.Finish() : new Step.Reply(decided.answer());
    }
    if (isExhausted()) {
      throw new IllegalStateException(
          "expected one primary to stay for the time of a reply, but it changed " + ATTEMPTS_MAX + " times");
    }
    return new Step.WriteBack(after.orElseThrow());
  }

  /** The primary of now has the state, or a newer one. */
  public Step writtenBack() {
    return movesWindow ? look() : new Step.Confirm(after.orElseThrow().id());
  }

  /**
   * The log has the answer.
   *
   * @param now the processor's clock
   */
  public Step replied(Instant now) {
    answered = true;
    return after.flatMap(state -> moveWindow(state, now)).orElseGet(Step.Finish::new);
  }

  private Step look() {
    List<ProofClaim> claims = command.delivery().claims();
    return command.authorization().<Step>map(id -> new Step.Load(id, claims))
        .orElseGet(() -> new Step.ClaimProofs(claims));
  }

  private Step restore() {
    return new Step.Restore(command.delivery().position().partition());
  }

  private Step decideOn(Optional<Authorization> state, Claimed claimed) {
    return follow(Decider.decide(state, command, registration, userCode, claimed));
  }

  private Step follow(Decision decision) {
    if (decision instanceof Decision.Skipped) {
      // Met while a window was to be moved: this life's own outcome is in the log, and nobody else will answer it.
      after = Optional.empty();
      return inTheLog && !answered ? new Step.Reply(decided.answer()) : new Step.Finish();
    }
    if (decision instanceof Decision.StateBehind) {
      return restore();
    }
    decided = (Answered) decision;
    if (decided.change() instanceof Decision.Registered change) {
      return new Step.Register(change.revocation());
    }
    if (decided.change() instanceof Committed change) {
      after = Optional.of(change.after());
      recorded = change.recorded();
      Optional<Instant> notAfter =
          change.grants() ? Optional.of(command.delivery().deadline()) : Optional.empty();
      return new Step.Commit(change.before(), change.after(), notAfter);
    }
    return publish(decided);
  }

  private Step publish(Answered answered) {
    decided = answered;
    Change change = answered.change();
    if (change instanceof AlreadyCommitted already) {
      after = Optional.of(already.state());
      committed = true;
      // The poll clock is not recorded when it is committed, nor when its command comes again.
      recorded = !(answered.answer() instanceof Answer.Pending);
    } else if (!(change instanceof Committed)) {
      after = Optional.empty();
      recorded = false;
    }
    List<AuditEvent> events = AuditEvents.of(command, answered.answer(), after);
    return new Step.Publish(answered.answer(), consentBehind(after), events, recorded ? after : Optional.empty());
  }

  // A rotation that is answered late would reach its client with the window spent; its start is moved first. Where it was
  // the reply that took its time it is moved afterwards: the edge has given up, and the client presents the old handle.
  private Optional<Step> moveWindow(Authorization state, Instant now) {
    // Who meets others again and again leaves the window to them.
    moved = windowMoves < WINDOW_MOVES_MAX
        ? GraceWindow.movedFor(command, decided.answer(), state, now)
        : Optional.empty();
    movesWindow = moved.isPresent();
    windowMoves += movesWindow ? 1 : 0;
    return moved.map(later -> new Step.Commit(state.version(), later, Optional.empty()));
  }

  private static Optional<Consent> consentBehind(Optional<Authorization> authorization) {
    return authorization.map(Authorization::state).flatMap(AuthorizationState::consentOfUser);
  }

  private boolean isExhausted() {
    attempts++;
    return attempts > ATTEMPTS_MAX;
  }

  // 503, not invalid_grant: the credential may be good, but the store does not hold still or the changelog lacks what was
  // answered. Nothing of this life is committed, or it would be in the log.
  private Step unsettled() {
    if (inTheLog) {
      throw new IllegalStateException("expected a recorded outcome to settle within " + ATTEMPTS_MAX + " attempts");
    }
    return publish(Decision.unchanged(Decider.unsettled()));
  }
}
