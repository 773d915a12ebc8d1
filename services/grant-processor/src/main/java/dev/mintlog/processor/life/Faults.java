package dev.mintlog.processor.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.event.AuditEvents;
import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a command that we cannot decide or write, through no fault of its client. */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final Consumer<CommandInFlight> putAside;

  Faults(Consumer<CommandInFlight> putAside) {
    this.putAside = putAside;
  }

  /** The command is to be answered with a refusal, its event first. */
  static void refuse(CommandInFlight command, Answer.Denied denied) {
    command.refuse(denied);
    command.step(new Step.Publish(denied, Optional.empty(),
        AuditEvents.of(command.command(), denied, Optional.empty()), Optional.empty()));
  }

  /**
   * Whether a step is to be performed again as if infrastructure had taken no part. Once something is committed its
   * client's credential may be spent: who is refused and presents it again loses the authorization. Another processor, or
   * this one a moment later, may be able to finish; after the deadline nobody waits for that any more.
   */
  boolean isToBeTriedAgain(CommandInFlight command, RuntimeException why, Instant now) {
    boolean mayBe = command.hasCommitted() && !command.isAnswered() && command.refusal().isEmpty()
        && now.isBefore(command.command().delivery().deadline());
    if (mayBe && command.failures() == 0) {
      LOG.error("command {} is committed and is tried again until its deadline: {}", command, why.getMessage(), why);
    }
    return mayBe;
  }

  /**
   * Ends a command's life for a fault of ours.
   *
   * @return whether it has a step to be performed still; otherwise it was put aside
   */
  boolean isAnswerable(CommandInFlight command, RuntimeException why) {
    LOG.error("gave up on command {}: {}", command, why.getMessage(), why);
    if (command.isAnswered()) {
      command.step(new Step.Finish());
      return true;
    }
    if (command.refusal().isPresent()) {
      // Not even its refusal can be recorded.
      putAside.accept(command);
      return false;
    }
    refuse(command, command.hasCommitted()
        ? Answer.Denied.of(TokenError.SERVER_ERROR, "expected to finish the request, but a fault prevented it when what was"
            + " presented was spent already; presenting it again does not help, begin anew")
        : Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE,
            "expected to settle the request, but a fault prevented it; try again"));
    return true;
  }

  /** What completed a stage exceptionally, as an exception to be handed on. */
  static RuntimeException of(Throwable cause) {
    Throwable root = cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    return root instanceof RuntimeException fault ? fault : new IllegalStateException(root);
  }
}
