package dev.mintlog.processor.life;

import dev.mintlog.life.CommandLife;
import dev.mintlog.processor.command.CommandInFlight;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Begins the lives of commands: each under the registration of its own revision, or later, where that revision has not
 * arrived yet.
 */
final class LifeBeginnings {
  private final CommandRegistrations registrations;
  private final RegistryWait registryWait;
  private final InstantSource clock;
  private final CommandsInFlight inFlight;
  private final Faults faults;

  LifeBeginnings(CommandRegistrations registrations, RegistryWait registryWait, InstantSource clock,
      CommandsInFlight inFlight, Faults faults) {
    this.registrations = registrations;
    this.registryWait = registryWait;
    this.clock = clock;
    this.inFlight = inFlight;
    this.faults = faults;
  }

  /** Those of the commands that have a first step to be performed; the others wait or are let go. */
  List<CommandInFlight> begun(List<CommandInFlight> commands) {
    List<CommandInFlight> begun = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.partition().isDropped()) {
        inFlight.letGo(command);
      } else if (hasBegunOrIsRefused(command)) {
        begun.add(command);
      }
    }
    return begun;
  }

  /** Those of the commands that waited which have a first step to be performed now. */
  List<CommandInFlight> begunOfWaiting() {
    return begun(registryWait.unparkAll());
  }

  private boolean hasBegunOrIsRefused(CommandInFlight command) {
    try {
      return hasBegun(command);
    } catch (RuntimeException e) {
      return faults.isAnswerable(command, e);
    }
  }

  private boolean hasBegun(CommandInFlight command) {
    return registrations.find(command.command()).match(
        registered -> {
          command.begin(new CommandLife(command.command(), registered.registration()));
          command.step(command.life().begin(clock.instant()));
          return true;
        },
        refused -> {
          Faults.refuse(command, refused.answer());
          return true;
        },
        () -> isNotBehindAfterAll(command));
  }

  // The revision may arrive between the look and the parking; then whoever takes the command out again begins it.
  private boolean isNotBehindAfterAll(CommandInFlight command) {
    if (command.partition().isClosing()) {
      inFlight.letGo(command);
      return false;
    }
    registryWait.park(command);
    boolean arrived = registrations.find(command.command()).match(found -> true, refused -> true, () -> false);
    return arrived && registryWait.unpark(command) && hasBegun(command);
  }
}
