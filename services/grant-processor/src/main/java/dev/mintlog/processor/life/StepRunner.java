package dev.mintlog.processor.life;

import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the steps of many commands' lives together: all steps on the store that are due travel in one flush, all
 * tokens are signed and published as one batch. It runs on whatever thread brings a result, and hands over per batch.
 *
 * <p>Three ways of going wrong are told apart. A refusal is an answer like any other. Infrastructure that took no part
 * is tried again, with growing pauses, for as long as the partition is ours: no reply, no offset. A fault of ours is
 * logged and answered with {@code temporarily_unavailable}; if even that cannot be recorded, the command is put aside.
 */
public final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);

  private final BatchedStates states;
  private final Outcomes outcomes;
  private final RevocationRegister register;
  private final StepObserver observer;
  private final InstantSource clock;
  private final CommandsInFlight inFlight = new CommandsInFlight();
  private final Faults faults;
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
    this.faults = new Faults(command -> putAside.accept(command, () -> over(command)));
    this.beginnings = new LifeBeginnings(registrations, registryWait, clock, inFlight, faults);
    this.retries = new Retries(timer, inFlight, this::run);
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
    if (!due.onStore.isEmpty()) {
      flush(due.onStore);
    }
    if (!due.toPublish.isEmpty()) {
      outcomes.publish(due.toPublish, published);
    }
    due.toReply.forEach(command -> outcomes.reply(command, replied));
    due.toComplete.forEach((partition, commands) -> when(states.complete(partition), commands, this::loadAgain));
    due.toRestore.forEach((partition, commands) -> when(states.restore(partition), commands, this::loadAgain));
    // To a primary that is not complete nothing can be confirmed, however often it is written there.
    due.toWriteBack.forEach((partition, commands) -> when(states.complete(partition), commands, this::flush));
    if (!due.toRegister.isEmpty()) {
      register(due.toRegister);
    }
    due.finished.forEach(this::over);
  }

  private void when(CompletionStage<Void> done, List<CommandInFlight> commands, Consumer<List<CommandInFlight>> then) {
    done.whenComplete((complete, failure) -> {
      if (failure == null) {
        then.accept(commands);
      } else {
        retries.again(commands, Faults.of(failure));
      }
    });
  }

  private void loadAgain(List<CommandInFlight> commands) {
    for (CommandInFlight command : commands) {
      command.step(command.life().restored());
    }
    run(commands);
  }

  private void register(List<CommandInFlight> commands) {
    register.register(commands.stream().map(command -> ((Step.Register) command.step()).revocation()).toList())
        .whenComplete((done, failure) -> {
          for (CommandInFlight command : commands) {
            if (failure == null) {
              proceed(command, command.life()::registered);
            } else {
              failed(command, Faults.of(failure));
            }
          }
        });
  }

  private void flush(List<CommandInFlight> commands) {
    StatesFlush flush = states.flush();
    List<CompletionStage<Step>> nextSteps = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      nextSteps.add(StoreSteps.add(flush, command));
    }
    flush.send().thenRun(() -> proceed(commands, nextSteps)).exceptionally(fault -> {
      LOG.error("the steps of {} command(s) ended in a fault", commands.size(), fault);
      return null;
    });
  }

  private void proceed(List<CommandInFlight> commands, List<CompletionStage<Step>> nextSteps) {
    List<CommandInFlight> ready = new ArrayList<>(commands.size());
    List<CommandInFlight> failed = new ArrayList<>();
    InfrastructureException why = null;
    for (int i = 0; i < commands.size(); i++) {
      CommandInFlight command = commands.get(i);
      try {
        command.step(nextSteps.get(i).toCompletableFuture().join());
        ready.add(command);
      } catch (CompletionException e) {
        if (e.getCause() instanceof InfrastructureException infrastructure) {
          why = infrastructure;
          failed.add(command);
        } else if (faults.isAnswerable(command, Faults.of(e.getCause()))) {
          ready.add(command);
        }
      }
    }
    run(ready);
    if (!failed.isEmpty()) {
      retries.again(failed, why);
    }
  }

  private void over(CommandInFlight command) {
    inFlight.over(command).ifPresent(next -> run(beginnings.begun(List.of(next))));
  }

  private void proceed(CommandInFlight command, Supplier<Step> next) {
    try {
      command.step(next.get());
    } catch (RuntimeException e) {
      if (!faults.isAnswerable(command, e)) {
        return;
      }
    }
    run(List.of(command));
  }

  private void failed(CommandInFlight command, RuntimeException why) {
    if (why instanceof InfrastructureException) {
      retries.again(List.of(command), why);
    } else if (faults.isAnswerable(command, why)) {
      run(List.of(command));
    }
  }

  private final class Published implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      proceed(command, () -> command.refusal().<Step>map(Step.Reply::new)
          .orElseGet(() -> command.life().published(clock.instant())));
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      StepRunner.this.failed(command, why);
    }
  }

  private final class Replied implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      command.answered();
      proceed(command, () ->
          command.refusal().isPresent() ? new Step.Finish() : command.life().replied(clock.instant()));
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      StepRunner.this.failed(command, why);
    }
  }
}
