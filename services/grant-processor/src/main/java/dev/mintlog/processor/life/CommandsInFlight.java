package dev.mintlog.processor.life;

import dev.mintlog.processor.command.CommandInFlight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Which commands may begin, in the order of their authorizations, and how many are not over. Thread-safe. */
final class CommandsInFlight {
  private final AtomicInteger count = new AtomicInteger();

  /** Commands that arrived and are not over, waiting ones included. */
  int count() {
    return count.get();
  }

  /** Takes commands that were just read; returns those that may begin now. */
  List<CommandInFlight> arrived(List<CommandInFlight> commands) {
    count.addAndGet(commands.size());
    List<CommandInFlight> first = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      boolean hasItsTurn = !hasLane(command) || command.partition().lanes().enter(command.key(), command);
      if (hasItsTurn && mayBegin(command)) {
        first.add(command);
      }
    }
    return first;
  }

  /** The life is over: its offset counts. Returns the next one of its authorization, where it may begin now. */
  Optional<CommandInFlight> over(CommandInFlight command) {
    command.finish();
    count.decrementAndGet();
    Optional<CommandInFlight> next =
        hasLane(command) ? command.partition().lanes().leave(command.key()) : Optional.empty();
    command.partition().leave();
    return next.filter(this::mayBegin);
  }

  /** Ends a life that had begun: the partition is another's, or will be, and its new owner begins it anew. */
  void letGo(CommandInFlight command) {
    forget(command);
    command.partition().leave();
  }

  private boolean mayBegin(CommandInFlight command) {
    if (command.partition().enter()) {
      return true;
    }
    forget(command);
    return false;
  }

  // With those that wait behind it.
  private void forget(CommandInFlight command) {
    count.decrementAndGet();
    if (hasLane(command)) {
      while (command.partition().lanes().leave(command.key()).isPresent()) {
        count.decrementAndGet();
      }
    }
  }

  private static boolean hasLane(CommandInFlight command) {
    return command.command().authorization().isPresent();
  }
}
