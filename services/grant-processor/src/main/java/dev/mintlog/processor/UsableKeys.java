package dev.mintlog.processor;

import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.command.Command;
import dev.mintlog.processor.life.CommandRegistrations;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets no command begin that might have to be signed with a key that this processor cannot use: found out after the commit,
 * what the client presented would be spent for nothing. Such a command waits as one whose revision has not arrived, and the
 * processor leaves, so that one that can use the key takes over.
 */
final class UsableKeys implements CommandRegistrations {
  private final CommandRegistrations registrations;
  private final Function<String, Optional<String>> problems;
  private final Consumer<String> leave;
  private final AtomicBoolean hasLeft = new AtomicBoolean();

  /**
   * These registrations, so far as their keys can be used.
   *
   * @param problems says by kid why a key cannot be used here
   * @param leave ends this processor for a reason
   */
  UsableKeys(CommandRegistrations registrations, Function<String, Optional<String>> problems, Consumer<String> leave) {
    this.registrations = registrations;
    this.problems = problems;
    this.leave = leave;
  }

  @Override
  public Found find(Command command) {
    Found found = registrations.find(command);
    if (!(found instanceof Registered registered)) {
      return found;
    }
    for (SigningKeyRef key : registered.registration().tenant().keys()) {
      // Which key signs is a function of the command's time; one that is only announced may become usable until then. An
      // earlier one may have to sign an answer that is given again.
      if (!key.signFrom().isAfter(command.delivery().requestedAt())) {
        Optional<String> problem = problems.apply(key.kid());
        if (problem.isPresent()) {
          leave(problem.get());
          return new Behind();
        }
      }
    }
    return found;
  }

  private void leave(String problem) {
    if (hasLeft.compareAndSet(false, true)) {
      leave.accept(problem + "; nothing is signed without it, so another processor is to take over");
    }
  }
}
