package dev.mintlog.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which answers would reach their client with the grace window spent, so that its start is moved. */
final class GraceWindow {
  /** An answer younger than this reaches its client with nearly all of the grace window left. */
  static final Duration PROMPT = Duration.ofSeconds(1);

  private GraceWindow() {}

  /**
   * The state with the window starting now; empty where it is to stay as it is.
   *
   * @param state after the command
   * @param now the processor's clock
   */
  static Optional<Authorization> movedFor(Command command, Answer answer, Authorization state, Instant now) {
    boolean hasWindow = answer instanceof Answer.Granted
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
    // An exchange rotates nothing, and a handle that was given again has nothing before it whose retry could be answered.
    return !(request.grant() instanceof Grant.TokenExchange) && active.rotation().usedAt().isEmpty()
        && (active.rotation().generation() > 1 || active.origin().isPolled());
  }
}
