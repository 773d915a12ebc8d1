package dev.mintlog.processor.life;

import dev.mintlog.processor.command.CommandInFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Has steps performed again that infrastructure took no part in: after pauses that grow, while the partition is ours. */
final class Retries {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private static final int DOUBLINGS_MAX = 6;

  private final ScheduledExecutorService timer;
  private final CommandsInFlight inFlight;
  private final Consumer<List<CommandInFlight>> run;
  private final Outage outage = new Outage();

  /** @param run performs the steps of commands */
  Retries(ScheduledExecutorService timer, CommandsInFlight inFlight, Consumer<List<CommandInFlight>> run) {
    this.timer = timer;
    this.inFlight = inFlight;
    this.run = run;
  }

  void again(List<CommandInFlight> commands, RuntimeException why) {
    outage.noticed(commands.size(), why);
    int failures = 0;
    for (CommandInFlight command : commands) {
      failures = Math.max(failures, command.failed());
    }
    long pauseMs = FIRST_PAUSE.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
    timer.schedule(() -> run.accept(stillOurs(commands)), pauseMs, TimeUnit.MILLISECONDS);
  }

  // Who takes over from us need not wait for what we cannot finish.
  private List<CommandInFlight> stillOurs(List<CommandInFlight> commands) {
    List<CommandInFlight> ours = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.partition().isClosing()) {
        inFlight.letGo(command);
      } else {
        ours.add(command);
      }
    }
    return ours;
  }
}
