package dev.mintlog.processor.life;

import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Performs the steps of many commands' lives together: all steps on the store that are due travel in one flush, all
 * tokens are signed and published as one batch. It runs on whatever thread brings a result, and hands over per batch.
 *
 * <p>Three ways of going wrong are told apart. A refusal is an answer like any other. Infrastructure that took no part
 * is tried again, with growing pauses, for as long as the partition is ours: no reply, no offset. A fault of ours is
 * logged and answered: with {@code temporarily_unavailable} where nothing was committed, so that the client may try again;
 * where something was, its credential may be spent, so the step is tried again until the command's deadline, and nobody is
 * told to try again. If even an answer cannot be recorded, the command is put aside.
 */
public final class StepRunner {
  private final BatchedStates states;
  private final Outcomes outcomes;
  private final RevocationRegister register;
  private final StepObserver observer;
  private final InstantSource clock;
  private final Faults faults;
  private final CommandsInFlight inFlight = new CommandsInFlight();
  private final LifeBeginnings beginnings;
  private final Retries retries;
  private final Outcomes.Settled published = new Published();
  private final Outcomes.Settled replied = new Replied();

  /**
   * A runner over these ports.
   *
   * @param registryWait where commands wait whose revision has not arrived
   * @param timer for pauses; does little at a time
   * @param putAside takes a command that cannot be answered, and what to do when it is put aside
   */
  public StepRunner(BatchedStates states, Outcomes outcomes, CommandRegistrations registrations,
      RevocationRegister register, RegistryWait registryWait, StepObserver observer, InstantSource clock,
      ScheduledExecutorService timer, BiConsumer<CommandInFlight, Runnable> putAside) {
    this.states = states;
    this.outcomes = outcomes;
    this.register = register;
    this.observer = observer;
    this.clock = clock;
    this.retries = new Retries(timer, inFlight, this::run);
    this.faults = new Faults(command -> putAside.accept(command, () -> over(command)));
    this.beginnings = new LifeBeginnings(registrations, registryWait, clock, inFlight, faults);
  }

  /** Takes commands that were just read, in the order of their partitions. */
  public void arrived(List<CommandInFlight> commands) {
    run(beginnings.begun(inFlight.arrived(commands)));
  }

  /** Commands that arrived and are not over, waiting ones included. */
  public int inFlight() {
    return inFlight.count();
  }

  /** A newer registry revision is in force, or partitions are closing: commands that waited look again. */
  public void lookAgain() {
    run(beginnings.begunOfWaiting());
  }

  // Each of the commands has a step to be performed.
  private void run(List<CommandInFlight> commands) {
    DueSteps due = new DueSteps();
    for (CommandInFlight command : commands) {
      if (command.partition().isDropped()) {
        inFlight.letGo(command);
      } else {
        observer.performing(command.command().delivery().commandId(), command.step());
        due.add(command);
      }
    }
    perform(due);
  }

  private void perform(DueSteps due) {
    hand(due.onStore, this::flush);
    hand(due.toPublish, commands -> outcomes.publish(commands, published));
    due.toReply.forEach(command -> hand(List.of(command), alone -> outcomes.reply(command, replied)));
    due.toComplete.forEach((partition, commands) ->
        hand(commands, all -> when(states.complete(partition), all, this::loadAgain)));
    due.toRestore.forEach((partition, commands) ->
        hand(commands, all -> when(states.restore(partition), all, this::loadAgain)));
    // To a primary that is not complete nothing can be confirmed, however often it is written there.
    due.toWriteBack.forEach((partition, commands) ->
        hand(commands, all -> when(states.complete(partition), all, complete -> hand(complete, this::flush))));
    hand(due.toRegister, this::register);
    due.finished.forEach(this::over);
  }

  // A port says what went wrong in its own time. One that throws instead, often on a thread where nobody would hear of it,
  // must not leave its commands, and all behind them, without an end.
  private void hand(List<CommandInFlight> commands, Consumer<List<CommandInFlight>> port) {
    if (commands.isEmpty()) {
      return;
    }
    commands.forEach(CommandInFlight::handOver);
    try {
      port.accept(commands);
    } catch (RuntimeException | Error e) {
      failed(takenBack(commands), e);
    }
  }

  private static List<CommandInFlight> takenBack(List<CommandInFlight> commands) {
    return commands.stream().filter(CommandInFlight::takeBack).toList();
  }

  private void when(CompletionStage<Void> done, List<CommandInFlight> commands, Consumer<List<CommandInFlight>> then) {
    done.whenComplete((complete, failure) -> {
      List<CommandInFlight> ours = takenBack(commands);
      if (failure == null) {
        then.accept(ours);
      } else {
        retries.again(ours, Faults.of(failure));
      }
    });
  }

  private void loadAgain(List<CommandInFlight> commands) {
    proceed(commands, command -> command.life().restored());
  }

  private void register(List<CommandInFlight> commands) {
    register.register(commands.stream().map(command -> ((Step.Register) command.step()).revocation()).toList())
        .whenComplete((done, failure) -> {
          List<CommandInFlight> ours = takenBack(commands);
          if (failure == null) {
            ours.forEach(command -> proceed(List.of(command), one -> one.life().registered()));
          } else {
            failed(ours, failure);
          }
        });
  }

  private void flush(List<CommandInFlight> commands) {
    StatesFlush flush = states.flush();
    List<CompletableFuture<Step>> nextSteps = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      nextSteps.add(StoreSteps.add(flush, command).toCompletableFuture());
    }
    flush.send().whenComplete((sent, failure) -> {
      if (failure != null) {
        failed(takenBack(commands), failure);
      } else {
        // A step may need further flushes, which nobody may wait for on the thread that brings their results.
        CompletableFuture.allOf(nextSteps.toArray(CompletableFuture[]::new))
            .whenComplete((done, aFailure) -> proceed(commands, nextSteps));
      }
    });
  }

  private void proceed(List<CommandInFlight> commands, List<CompletableFuture<Step>> nextSteps) {
    List<CommandInFlight> ready = new ArrayList<>(commands.size());
    List<CommandInFlight> failed = new ArrayList<>();
    InfrastructureException why = null;
    for (int i = 0; i < commands.size(); i++) {
      CommandInFlight command = commands.get(i);
      if (!command.takeBack()) {
        continue;
      }
      try {
        command.step(nextSteps.get(i).join());
        ready.add(command);
      } catch (CompletionException | CancellationException e) {
        if (e.getCause() instanceof InfrastructureException infrastructure) {
          why = infrastructure;
          failed.add(command);
        } else if (faults.isAnswerable(command, Faults.of(e))) {
          ready.add(command);
        }
      }
    }
    run(ready);
    if (!failed.isEmpty()) {
      retries.again(failed, why);
    }
  }

  private void proceed(List<CommandInFlight> commands, Function<CommandInFlight, Step> next) {
    List<CommandInFlight> ready = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      try {
        command.step(next.apply(command));
        ready.add(command);
      } catch (RuntimeException e) {
        if (faults.isAnswerable(command, e)) {
          ready.add(command);
        }
      }
    }
    run(ready);
  }

  private void failed(List<CommandInFlight> commands, Throwable cause) {
    RuntimeException why = Faults.of(cause);
    for (CommandInFlight command : commands) {
      if (why instanceof InfrastructureException || faults.isToBeTriedAgain(command, why, clock.instant())) {
        retries.again(List.of(command), why);
      } else if (faults.isAnswerable(command, why)) {
        run(List.of(command));
      }
    }
  }

  private void over(CommandInFlight command) {
    inFlight.over(command).ifPresent(next -> run(beginnings.begun(List.of(next))));
  }

  private void settled(CommandInFlight command, Function<CommandInFlight, Step> next) {
    if (command.takeBack()) {
      proceed(List.of(command), next);
    }
  }

  private final class Published implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      settled(command, taken -> taken.refusal().<Step>map(Step.Reply::new)
          .orElseGet(() -> taken.life().published(clock.instant())));
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      StepRunner.this.failed(takenBack(List.of(command)), why);
    }
  }

  private final class Replied implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      settled(command, taken -> {
        taken.answered();
        return taken.refusal().isPresent() ? new Step.Finish() : taken.life().replied(clock.instant());
      });
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      StepRunner.this.failed(takenBack(List.of(command)), why);
    }
  }
}
