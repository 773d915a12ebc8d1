package dev.mintlog.processor.life;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.event.AuditEvents;
import dev.mintlog.life.CommandLife;
import dev.mintlog.life.Step;
import dev.mintlog.processor.command.CommandInFlight;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs the steps of many commands' lives together: all steps on the store that are due travel in one flush, all
 * tokens are signed and published as one batch. It runs on whatever thread brings a result, and hands over per batch.
 *
 * <p>Three ways of going wrong are told apart. A refusal is an answer like any other. Infrastructure that took no part is
 * tried again, with growing pauses, for as long as the partition is ours: no reply, no offset. A fault of ours is logged
 * and answered with {@code temporarily_unavailable}; if even that cannot be recorded, the command is put aside.
 */
public final class StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StepRunner.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private static final int DOUBLINGS_MAX = 6;

  private final BatchedStates states;
  private final Outcomes outcomes;
  private final CommandRegistrations registrations;
  private final RegistryWait registryWait;
  private final StepObserver observer;
  private final InstantSource clock;
  private final ScheduledExecutorService timer;
  private final Consumer<CommandInFlight> putAside;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Outage outage = new Outage();
  private final Outcomes.Settled published = new Published();
  private final Outcomes.Settled replied = new Replied();

  /**
   * A runner over these ports.
   *
   * @param registryWait where commands wait whose revision has not arrived
   * @param timer for pauses; does little at a time
   * @param putAside takes a command that cannot be answered, and finally calls {@link #over}
   */
  public StepRunner(BatchedStates states, Outcomes outcomes, CommandRegistrations registrations,
      RegistryWait registryWait, StepObserver observer, InstantSource clock, ScheduledExecutorService timer,
      Consumer<CommandInFlight> putAside) {
    this.states = states;
    this.outcomes = outcomes;
    this.registrations = registrations;
    this.registryWait = registryWait;
    this.observer = observer;
    this.clock = clock;
    this.timer = timer;
    this.putAside = putAside;
  }

  /** Takes commands that were just read, in the order of their partitions. */
  public void arrived(List<CommandInFlight> commands) {
    inFlight.addAndGet(commands.size());
    List<CommandInFlight> first = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.command().authorization().isEmpty()
          || command.partition().lanes().enter(command.key(), command)) {
        first.add(command);
      }
    }
    enter(first);
  }

  /** Commands that arrived and are not over, waiting ones included. */
  public int inFlight() {
    return inFlight.get();
  }

  private void enter(List<CommandInFlight> commands) {
    List<CommandInFlight> entered = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.partition().enter()) {
        entered.add(command);
      } else {
        forget(command);
      }
    }
    begin(entered);
  }

  /** A newer registry revision is in force, or partitions are closing: commands that waited for a revision look again. */
  public void lookAgain() {
    begin(registryWait.unparkAll());
  }

  private void begin(List<CommandInFlight> commands) {
    List<CommandInFlight> begun = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.partition().isDropped()) {
        letGo(command);
      } else if (hasBegunOrIsRefused(command)) {
        begun.add(command);
      }
    }
    run(begun);
  }

  private boolean hasBegunOrIsRefused(CommandInFlight command) {
    try {
      return hasBegun(command);
    } catch (RuntimeException e) {
      return isAnswerable(command, e);
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
          refuse(command, refused.answer());
          return true;
        },
        () -> isNotBehindAfterAll(command));
  }

  // The revision may arrive between the look and the parking; then whoever takes the command out again begins it.
  private boolean isNotBehindAfterAll(CommandInFlight command) {
    if (command.partition().isClosing()) {
      letGo(command);
      return false;
    }
    registryWait.park(command);
    boolean arrived = registrations.find(command.command()).match(found -> true, refused -> true, () -> false);
    return arrived && registryWait.unpark(command) && hasBegun(command);
  }

  // Each of the commands has a step to be performed.
  private void run(List<CommandInFlight> commands) {
    Round round = new Round();
    for (CommandInFlight command : commands) {
      if (command.partition().isDropped()) {
        letGo(command);
      } else {
        observer.performing(command.command().delivery().commandId(), command.step());
        round.add(command);
      }
    }
    round.perform();
  }

  private void again(List<CommandInFlight> commands, RuntimeException why) {
    if (commands.isEmpty()) {
      return;
    }
    outage.noticed(commands.size(), why);
    int failures = 0;
    for (CommandInFlight command : commands) {
      failures = Math.max(failures, command.failed());
    }
    long pauseMs = FIRST_PAUSE.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
    timer.schedule(() -> run(stillOurs(commands)), pauseMs, TimeUnit.MILLISECONDS);
  }

  // Who takes over from us need not wait for what we cannot finish.
  private List<CommandInFlight> stillOurs(List<CommandInFlight> commands) {
    List<CommandInFlight> ours = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      if (command.partition().isClosing()) {
        letGo(command);
      } else {
        ours.add(command);
      }
    }
    return ours;
  }

  // True where there is a step to perform still.
  private boolean isAnswerable(CommandInFlight command, RuntimeException why) {
    LOG.error("gave up on command {}: {}", command, why.getMessage(), why);
    if (command.isAnswered()) {
      command.step(new Step.Finish());
      return true;
    }
    if (command.refusal().isPresent()) {
      putAside.accept(command);
      return false;
    }
    refuse(command, Answer.Denied.of(TokenError.TEMPORARILY_UNAVAILABLE,
        "expected to settle the request, but a fault prevented it; try again"));
    return true;
  }

  private void refuse(CommandInFlight command, Answer.Denied denied) {
    command.refuse(denied);
    command.step(new Step.Publish(denied, Optional.empty(),
        AuditEvents.of(command.command(), denied, Optional.empty()), Optional.empty()));
  }

  /** The life is over: its offset counts, and the next command of the authorization has its turn. */
  public void over(CommandInFlight command) {
    command.finish();
    inFlight.decrementAndGet();
    Optional<CommandInFlight> next = command.command().authorization().isEmpty()
        ? Optional.empty()
        : command.partition().lanes().leave(command.key());
    command.partition().leave();
    next.ifPresent(waiting -> enter(List.of(waiting)));
  }

  private void letGo(CommandInFlight command) {
    forget(command);
    command.partition().leave();
  }

  // The partition is another's, or will be: its new owner begins this life anew, and those that wait behind it.
  private void forget(CommandInFlight command) {
    inFlight.decrementAndGet();
    if (command.command().authorization().isPresent()) {
      while (command.partition().lanes().leave(command.key()).isPresent()) {
        inFlight.decrementAndGet();
      }
    }
  }

  /** The steps that are due at one moment, sorted by who takes part in them. */
  private final class Round {
    private final List<CommandInFlight> onStore = new ArrayList<>();
    private final List<CommandInFlight> toPublish = new ArrayList<>();
    private final List<CommandInFlight> toReply = new ArrayList<>();
    private final List<CommandInFlight> finished = new ArrayList<>();
    private final Map<Integer, List<CommandInFlight>> toComplete = new HashMap<>(2);
    private final Map<Integer, List<CommandInFlight>> toRestore = new HashMap<>(2);
    private final Map<Integer, List<CommandInFlight>> toWriteBack = new HashMap<>(2);

    void add(CommandInFlight command) {
      Step step = command.step();
      if (step instanceof Step.Publish) {
        toPublish.add(command);
      } else if (step instanceof Step.Reply) {
        toReply.add(command);
      } else if (step instanceof Step.Finish) {
        finished.add(command);
      } else if (step instanceof Step.Restore) {
        // Where no primary was named, none was complete; otherwise one was, and has lost something nevertheless.
        add(command.primary() == null ? toComplete : toRestore, command);
      } else if (step instanceof Step.WriteBack) {
        add(toWriteBack, command);
      } else {
        onStore.add(command);
      }
    }

    private void add(Map<Integer, List<CommandInFlight>> byPartition, CommandInFlight command) {
      byPartition.computeIfAbsent(command.partition().number(), number -> new ArrayList<>()).add(command);
    }

    void perform() {
      if (!onStore.isEmpty()) {
        flush(onStore);
      }
      if (!toPublish.isEmpty()) {
        outcomes.publish(toPublish, published);
      }
      toReply.forEach(command -> outcomes.reply(command, replied));
      toComplete.forEach((partition, commands) -> when(states.complete(partition), commands, this::loadAgain));
      toRestore.forEach((partition, commands) -> when(states.restore(partition), commands, this::loadAgain));
      // To a primary that is not complete nothing can be confirmed, however often it is written there.
      toWriteBack.forEach((partition, commands) ->
          when(states.complete(partition), commands, StepRunner.this::flush));
      finished.forEach(StepRunner.this::over);
    }

    private void loadAgain(List<CommandInFlight> commands) {
      for (CommandInFlight command : commands) {
        command.step(command.life().restored());
      }
      run(commands);
    }
  }

  private void when(CompletionStage<Void> done, List<CommandInFlight> commands, Consumer<List<CommandInFlight>> then) {
    done.whenComplete((complete, failure) -> {
      if (failure == null) {
        then.accept(commands);
      } else {
        again(commands, fault(failure));
      }
    });
  }

  private void flush(List<CommandInFlight> commands) {
    StatesFlush flush = states.flush();
    List<CompletionStage<Step>> nextSteps = new ArrayList<>(commands.size());
    for (CommandInFlight command : commands) {
      nextSteps.add(onStoreOrFault(flush, command));
    }
    flush.send().thenRun(() -> proceed(commands, nextSteps)).exceptionally(fault -> {
      LOG.error("the steps of {} command(s) ended in a fault", commands.size(), fault);
      return null;
    });
  }

  // One that cannot be put into words must not take the others of its flush with it.
  private static CompletionStage<Step> onStoreOrFault(StatesFlush flush, CommandInFlight command) {
    try {
      return onStore(flush, command);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<Step> onStore(StatesFlush flush, CommandInFlight command) {
    CommandLife life = command.life();
    Step step = command.step();
    if (step instanceof Step.Load load) {
      return flush.load(load.id()).thenApply(loaded -> loaded.match(
          complete -> {
            command.primary(complete.primary());
            return life.loaded(complete.state());
          },
          incomplete -> {
            command.primary(null);
            return life.incomplete();
          }));
    }
    if (step instanceof Step.Commit commit) {
      return flush.commit(commit.before(), commit.after(), commit.notAfter()).thenApply(tried -> {
        command.primary(tried.primary());
        return life.committed(tried.result());
      });
    }
    if (step instanceof Step.Confirm confirm) {
      return flush.confirm(confirm.id(), command.primary()).thenApply(life::confirmed);
    }
    if (step instanceof Step.WriteBack writeBack) {
      return flush.writeBack(writeBack.state()).thenApply(primary -> {
        command.primary(primary);
        return life.writtenBack();
      });
    }
    if (step instanceof Step.ClaimUserCode claim) {
      return flush.claimUserCode(claim.id(), command.command().clientId(), claim.userCodeDigests(), claim.keepUntil())
          .thenApply(life::claimed);
    }
    throw new IllegalStateException("no port is named for " + step.getClass().getName());
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
        } else if (isAnswerable(command, fault(e.getCause()))) {
          ready.add(command);
        }
      }
    }
    run(ready);
    again(failed, why);
  }

  private static RuntimeException fault(Throwable cause) {
    return cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
  }

  private final class Published implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      command.step(command.refusal().isPresent()
          ? new Step.Reply(command.refusal().get())
          : command.life().published(clock.instant()));
      run(List.of(command));
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      if (why instanceof InfrastructureException) {
        again(List.of(command), why);
      } else if (isAnswerable(command, why)) {
        run(List.of(command));
      }
    }
  }

  private final class Replied implements Outcomes.Settled {
    @Override
    public void acknowledged(CommandInFlight command) {
      command.answered();
      command.step(command.refusal().isPresent() ? new Step.Finish() : command.life().replied(clock.instant()));
      run(List.of(command));
    }

    @Override
    public void failed(CommandInFlight command, RuntimeException why) {
      published.failed(command, why);
    }
  }
}
