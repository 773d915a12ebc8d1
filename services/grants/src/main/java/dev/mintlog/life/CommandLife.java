package dev.mintlog.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.CommitResult;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.CreateDeviceAuthorization;
import dev.mintlog.command.Delivery;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.event.AuditEvents;
import dev.mintlog.grant.Decider;
import dev.mintlog.grant.Decision;
import dev.mintlog.grant.Decision.AlreadyCommitted;
import dev.mintlog.grant.Decision.Answered;
import dev.mintlog.grant.Decision.Change;
import dev.mintlog.grant.Decision.Committed;
import java.time.Duration;
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
  /** An answer younger than this reaches its client with nearly all of the grace window left. */
  public static final Duration PROMPT = Duration.ofSeconds(1);
  /** More conflicts or restores in one life than this are no race but a fault. */
  public static final int ATTEMPTS_MAX = 8;

  private final Command command;
  private final Registration registration;
  private OptionalInt userCode = OptionalInt.empty();
  private Answered decided;
  private Optional<Authorization> after = Optional.empty();
  private boolean movesWindow;
  private boolean recorded;
  private int attempts;

  public CommandLife(Command command, Registration registration) {
    this.command = command;
    this.registration = registration;
  }

  public Command command() {
    return command;
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
      return new Step.Load(command.authorization().get());
    }
    if (now.isAfter(command.delivery().deadline())) {
      return publish(Decision.unchanged(Decider.tooLate()));
    }
    return follow(Decider.decide(Optional.empty(), command, registration, userCode));
  }

  /** The first candidate that was free, or was claimed by this very command before. */
  public Step claimed(OptionalInt chosen) {
    userCode = chosen;
    return new Step.Load(command.authorization().orElseThrow());
  }

  public Step loaded(Optional<Authorization> state) {
    attempt();
    return follow(Decider.decide(state, command, registration, userCode));
  }

  /** The primary said that it is not complete: what it holds is not to be judged by. */
  public Step incomplete() {
    attempt();
    return new Step.Restore(command.authorization().orElseThrow());
  }

  public Step restored() {
    return new Step.Load(command.authorization().orElseThrow());
  }

  public Step committed(CommitResult result) {
    if (movesWindow) {
      // Whoever was faster has answered the same command or a later one: their state stands.
      return result == CommitResult.COMMITTED
          ? new Step.Publish(decided.answer(), Optional.empty(), List.of(), after)
          : new Step.Reply(decided.answer());
    }
    return switch (result) {
      case COMMITTED -> publish(decided);
      case CONFLICT -> new Step.Load(command.authorization().orElseThrow());
      case LATE -> publish(Decision.unchanged(Decider.tooLate()));
    };
  }

  /**
   * The log has events and changelog entry.
   *
   * @param now the processor's clock
   */
  public Step published(Instant now) {
    if (after.isEmpty()) {
      return new Step.Reply(decided.answer());
    }
    Optional<Authorization> moved = movesWindow ? Optional.empty() : windowMoved(after.get(), now);
    if (moved.isPresent()) {
      movesWindow = true;
      long before = after.get().version();
      after = moved;
      return new Step.Commit(before, moved.get(), Optional.empty());
    }
    return new Step.Confirm(after.get().id());
  }

  public Step confirmed(boolean samePrimary) {
    if (samePrimary) {
      return new Step.Reply(decided.answer());
    }
    attempt();
    return new Step.WriteBack(after.orElseThrow());
  }

  public Step writtenBack() {
    return new Step.Confirm(after.orElseThrow().id());
  }

  public Step replied() {
    return new Step.Finish();
  }

  private Step follow(Decision decision) {
    if (decision instanceof Decision.Skipped) {
      return new Step.Finish();
    }
    if (decision instanceof Decision.StateBehind) {
      return new Step.Restore(command.authorization().orElseThrow());
    }
    decided = (Answered) decision;
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
      recorded = true;
    } else if (!(change instanceof Committed)) {
      after = Optional.empty();
      recorded = false;
    }
    List<AuditEvent> events = AuditEvents.of(command, answered.answer(), after);
    Optional<Consent> consent = after.flatMap(state -> consent(state.state()));
    return new Step.Publish(answered.answer(), consent, events, recorded ? after : Optional.empty());
  }

  // A rotation that is answered late would reach its client with the window spent; its start is moved first.
  private Optional<Authorization> windowMoved(Authorization state, Instant now) {
    boolean hasWindow = decided.answer() instanceof Answer.Granted
        && state.state() instanceof Active active
        && (command instanceof Command.TokenRequest request && hasGrace(request, active));
    if (!hasWindow) {
      return Optional.empty();
    }
    Active active = (Active) state.state();
    Delivery delivery = command.delivery();
    if (!now.isAfter(active.rotation().since().plus(PROMPT)) || !now.isAfter(delivery.requestedAt().plus(PROMPT))) {
      return Optional.empty();
    }
    return Optional.of(state.next(active.windowStartsAt(now), state.applied(), state.keptUntil()));
  }

  private static boolean hasGrace(Command.TokenRequest request, Active active) {
    return active.rotation().generation() > 1 || active.origin() == HandleKind.DEVICE_CODE;
  }

  private static Optional<Consent> consent(AuthorizationState state) {
    return state.match(
        code -> Optional.of(code.consent()),
        pending -> Optional.<Consent>empty(),
        approved -> Optional.of(approved.consent()),
        refused -> Optional.<Consent>empty(),
        active -> Optional.of(active.consent()),
        revoked -> Optional.<Consent>empty());
  }

  private void attempt() {
    attempts++;
    if (attempts > ATTEMPTS_MAX) {
      throw new IllegalStateException("expected a command to settle within " + ATTEMPTS_MAX
          + " attempts, but its state kept changing or stayed behind");
    }
  }
}
