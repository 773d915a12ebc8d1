package dev.mintlog.processor.life;

import dev.mintlog.processor.command.CommandInFlight;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where commands wait whose registry revision has not arrived here. Bounded in time: who stays behind leaves the group,
 * so that a processor that is not behind takes over. Thread-safe.
 */
public final class RegistryWait {
  private final Duration bound;
  private final ScheduledExecutorService timer;
  private final Consumer<String> leave;
  private final Set<CommandInFlight> parked = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * An empty waiting place.
   *
   * @param bound how long a command waits for the next revision
   * @param leave ends this processor for a reason
   */
  public RegistryWait(Duration bound, ScheduledExecutorService timer, Consumer<String> leave) {
    this.bound = bound;
    this.timer = timer;
    this.leave = leave;
  }

  void park(CommandInFlight command) {
    synchronized (this) {
      parked.add(command);
    }
    timer.schedule(() -> requireGone(command), bound.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether the command was still parked; it is no more. */
  synchronized boolean unpark(CommandInFlight command) {
    return parked.remove(command);
  }

  synchronized List<CommandInFlight> unparkAll() {
    List<CommandInFlight> all = List.copyOf(parked);
    parked.clear();
    return all;
  }

  private void requireGone(CommandInFlight command) {
    boolean waits;
    synchronized (this) {
      waits = parked.contains(command);
    }
    if (waits && !command.partition().isDropped()) {
      leave.accept("expected registry revision " + command.command().delivery().revision() + " within "
          + bound.toSeconds() + " s, but it did not arrive; another processor may be ahead: restart when the registry"
          + " topic can be read");
    }
  }
}
