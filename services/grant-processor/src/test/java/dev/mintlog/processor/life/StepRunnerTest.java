package dev.mintlog.processor.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.command.Command;
import dev.mintlog.life.Step;
import dev.mintlog.processor.command.AssignedPartition;
import dev.mintlog.processor.command.CommandInFlight;
import dev.mintlog.processor.life.CommandRegistrations.Found;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StepRunnerTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final AssignedPartition partition = new AssignedPartition(0);
  private final CommandFixture commands = new CommandFixture(partition);
  private final StatesInMemory states = new StatesInMemory();
  private final Log log = new Log();
  private final List<String> steps = new CopyOnWriteArrayList<>();
  private final List<String> leaves = new CopyOnWriteArrayList<>();
  private final List<CommandInFlight> putAside = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private volatile Found found = new CommandRegistrations.Registered(CommandFixture.REGISTRATION);
  private final List<Command.RevokeBefore> registered = new CopyOnWriteArrayList<>();
  private final List<RuntimeException> registerFailures = new CopyOnWriteArrayList<>();
  private final StepRunner runner = runner(Clock.systemUTC());

  private StepRunner runner(Clock clock) {
    return new StepRunner(states, log, command -> found, this::register,
        new RegistryWait(Duration.ofMillis(300), timer, leaves::add), new StepObserver() {
          @Override
          public void performing(CommandId command, Step step) {
            steps.add(step.getClass().getSimpleName());
          }
        }, clock, timer, (command, done) -> {
          putAside.add(command);
          done.run();
        });
  }

  /** A log that acknowledges when it is told to, or fails first. */
  private static final class Log implements Outcomes {
    final List<CommandInFlight> published = new CopyOnWriteArrayList<>();
    final List<Answer> replies = new CopyOnWriteArrayList<>();
    final List<Runnable> held = new ArrayList<>();
    final List<Integer> batches = new CopyOnWriteArrayList<>();
    boolean holds;
    volatile int failures;
    volatile RuntimeException fault;
    volatile int faultsLeft = Integer.MAX_VALUE;
    volatile RuntimeException thrown;

    @Override
    public void publish(List<CommandInFlight> batch, Settled settled) {
      if (thrown != null) {
        RuntimeException once = thrown;
        thrown = null;
        throw once;
      }
      batches.add(batch.size());
      for (CommandInFlight command : batch) {
        Runnable acknowledge = () -> {
          published.add(command);
          settled.acknowledged(command);
        };
        settle(command, acknowledge, settled);
      }
    }

    @Override
    public void reply(CommandInFlight command, Settled settled) {
      Answer answer = ((Step.Reply) command.step()).answer();
      settle(command, () -> {
        replies.add(answer);
        settled.acknowledged(command);
      }, settled);
    }

    private void settle(CommandInFlight command, Runnable acknowledge, Settled settled) {
      if (fault != null && faultsLeft > 0) {
        faultsLeft--;
        settled.failed(command, fault);
      } else if (failures > 0) {
        failures--;
        settled.failed(command, new InfrastructureException("Kafka is away"));
      } else if (holds) {
        held.add(acknowledge);
      } else {
        acknowledge.run();
      }
    }

    void release() {
      List<Runnable> all = List.copyOf(held);
      held.clear();
      all.forEach(Runnable::run);
    }
  }

  private CompletionStage<Void> register(List<Command.RevokeBefore> revocations) {
    if (!registerFailures.isEmpty()) {
      return CompletableFuture.failedFuture(registerFailures.remove(0));
    }
    registered.addAll(revocations);
    return CompletableFuture.completedFuture(null);
  }

  @Test
  void shouldRegisterARevocationBeforeItsRecord() {
    runner.arrived(List.of(commands.revokeBefore("alice"), commands.revokeBefore("bob")));

    assertThat(steps).startsWith("Register", "Register", "Publish").endsWith("Finish");
    assertThat(registered).extracting(revocation -> revocation.subject().orElse("")).containsExactly("alice", "bob");
    assertThat(log.replies).containsExactly(new Answer.Done(), new Answer.Done());
    assertThat(partition.progress().committable()).hasValue(2);
  }

  @Test
  void shouldTryAgainWhereTheRegistryCouldNotBeWritten() {
    registerFailures.add(new InfrastructureException("another publication began"));

    runner.arrived(List.of(commands.revokeBefore("alice")));

    await().untilAsserted(() -> assertThat(log.replies).containsExactly(new Answer.Done()));
    assertThat(registered).hasSize(1);
  }

  @Test
  void shouldNotTryForEverWhatIsAFault() {
    registerFailures.add(new IllegalStateException("a bug"));

    runner.arrived(List.of(commands.revokeBefore("alice")));

    assertThat(log.replies).singleElement().isInstanceOf(Answer.Denied.class);
    assertThat(registered).isEmpty();
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  @Test
  void shouldAnswerWithoutTheStoreWhatNeedsNoState() {
    // When
    runner.arrived(List.of(commands.clientCredentials()));
    // Then
    assertThat(steps).containsExactly("Publish", "Reply", "Finish");
    assertThat(states.flushes).isEmpty();
    assertThat(log.replies).singleElement().isInstanceOf(Answer.Granted.class);
    assertThat(partition.progress().committable()).hasValue(1);
    assertThat(runner.inFlight()).isZero();
  }

  @Test
  void shouldRestoreAnIncompleteStoreThenGoThroughEveryStepInOrder() {
    // When
    runner.arrived(List.of(commands.create(CommandFixture.randomId())));
    // Then
    assertThat(steps).containsExactly(
        "Load", "Restore", "Load", "Commit", "Publish", "Confirm", "Reply", "Finish");
    assertThat(states.restores).containsExactly("complete");
  }

  @Test
  void shouldSendTheStepsOfManyCommandsInOneFlushAndOneBatch() {
    // Given
    states.complete(0);
    List<CommandInFlight> many = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      many.add(commands.create(CommandFixture.randomId()));
    }
    // When
    runner.arrived(many);
    // Then: loads, commits; each is confirmed when its own event is acknowledged
    assertThat(states.flushes.subList(0, 2)).containsExactly(10, 10);
    assertThat(log.batches).containsExactly(10);
    assertThat(partition.progress().committable()).hasValue(10);
  }

  @Test
  void shouldNotLoadTheNextBeforeTheLogHasThePreviousOne() {
    // Given
    states.complete(0);
    AuthorizationId id = CommandFixture.randomId();
    AuthorizationId another = CommandFixture.randomId();
    log.holds = true;
    // When
    runner.arrived(List.of(commands.create(id), commands.redeem(id), commands.create(another)));
    // Then
    assertThat(steps).containsExactly("Load", "Load", "Commit", "Commit", "Publish", "Publish");
    log.holds = false;
    log.release();
    assertThat(log.replies).hasSize(3);
    assertThat(log.replies).hasAtLeastOneElementOfType(Answer.Granted.class);
    assertThat(partition.progress().committable()).hasValue(3);
  }

  @Test
  void shouldAnswerADeliveryThatComesAgainAsBefore() {
    // Given
    AuthorizationId id = CommandFixture.randomId();
    runner.arrived(List.of(commands.create(id)));
    CommandInFlight redeem = commands.redeem(id);
    runner.arrived(List.of(redeem));
    // When
    runner.arrived(List.of(commands.again(redeem)));
    // Then
    assertThat(log.replies).hasSize(3);
    assertThat(log.replies.get(2)).isEqualTo(log.replies.get(1));
    assertThat(log.published).hasSize(3);
  }

  @Nested
  class WhenTheStoreIsAway {
    @Test
    void shouldTryAgainUntilItIsBack() {
      // Given
      states.complete(0);
      states.failures = 3;
      // When
      runner.arrived(List.of(commands.create(CommandFixture.randomId())));
      // Then
      await().atMost(SOON).until(() -> log.replies.size() == 1);
      assertThat(steps).containsSubsequence("Load", "Load", "Load", "Load", "Commit", "Publish");
    }

    @Test
    void shouldNeitherAnswerNorCountOffMeanwhile() {
      // Given
      states.failures = Integer.MAX_VALUE;
      // When
      runner.arrived(List.of(commands.create(CommandFixture.randomId()), commands.clientCredentials()));
      // Then: the other one is answered, and waits for its offset
      assertThat(log.replies).hasSize(1);
      assertThat(partition.progress().committable()).hasValue(0);
      assertThat(runner.inFlight()).isEqualTo(1);
    }

    @Test
    void shouldLetGoOfWhatWaitsWhenThePartitionIsGivenAway() throws Exception {
      // Given
      states.failures = Integer.MAX_VALUE;
      AuthorizationId id = CommandFixture.randomId();
      runner.arrived(List.of(commands.create(id), commands.redeem(id)));
      // When
      partition.close();
      // Then
      assertThat(partition.awaitEmpty(SOON)).isTrue();
      assertThat(runner.inFlight()).isZero();
      assertThat(log.replies).isEmpty();
      assertThat(partition.progress().committable()).hasValue(0);
    }
  }

  @Nested
  class WhenTheLogIsAway {
    @Test
    void shouldPublishAgainAndReplyOnlyThen() {
      // Given
      log.failures = 3;
      // When
      runner.arrived(List.of(commands.clientCredentials()));
      // Then
      assertThat(log.replies).isEmpty();
      await().atMost(SOON).until(() -> log.replies.size() == 1);
      assertThat(log.published).hasSize(1);
    }
  }

  @Nested
  class WhenThePrimaryChanges {
    @Test
    void shouldWriteTheStateBackBeforeItAnswers() {
      // Given
      states.complete(0);
      AuthorizationId id = CommandFixture.randomId();
      log.holds = true;
      runner.arrived(List.of(commands.create(id)));
      // When
      states.store.wipe();
      log.holds = false;
      log.release();
      // Then
      assertThat(steps).containsExactly(
          "Load", "Commit", "Publish", "Confirm", "WriteBack", "Confirm", "Reply", "Finish");
      assertThat(states.store.state(id)).isPresent();
    }

    @Test
    void shouldRestoreInAnyCaseWhenACompleteStoreHasLostSomething() {
      // Given: a handle of generation 2 was given, the store knows of none
      AuthorizationId id = CommandFixture.randomId();
      runner.arrived(List.of(commands.create(id)));
      runner.arrived(List.of(commands.redeem(id)));
      states.restores.clear();
      // When
      runner.arrived(List.of(commands.refresh(id, 2)));
      // Then
      assertThat(states.restores).contains("restore").doesNotContain("complete");
    }
  }

  @Nested
  class WhenSomethingIsWrongWithUs {
    @Test
    void shouldAnswerTemporarilyUnavailableAndRecordIt() {
      // Given: whatever is restored, the generation presented is ahead of it
      AuthorizationId id = CommandFixture.randomId();
      runner.arrived(List.of(commands.create(id)));
      runner.arrived(List.of(commands.redeem(id)));
      // When
      runner.arrived(List.of(commands.refresh(id, 5)));
      // Then
      assertThat(log.replies).last().isInstanceOfSatisfying(Answer.Denied.class,
          denied -> assertThat(denied.error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE));
      assertThat(partition.progress().committable()).hasValue(3);
    }

    @Test
    void shouldRefuseTheOneThatTheStoreCannotTakeAndGoOnWithTheOthers() {
      // Given
      states.complete(0);
      AuthorizationId unwritable = CommandFixture.randomId();
      states.unwritable = unwritable;
      // When
      runner.arrived(List.of(commands.create(unwritable), commands.create(CommandFixture.randomId())));
      // Then
      assertThat(log.replies).hasSize(2).hasAtLeastOneElementOfType(Answer.Denied.class)
          .hasAtLeastOneElementOfType(Answer.CodeCreated.class);
      assertThat(partition.progress().committable()).hasValue(2);
    }

    @Test
    void shouldTryAgainWhatIsCommittedBecauseItsCredentialMayBeSpent() {
      // Given
      states.complete(0);
      AuthorizationId id = CommandFixture.randomId();
      runner.arrived(List.of(commands.create(id)));
      log.fault = new IllegalStateException("the key cannot be opened");
      log.faultsLeft = 3;
      // When
      runner.arrived(List.of(commands.redeem(id)));
      // Then
      await().atMost(SOON).until(() -> log.replies.size() == 2);
      assertThat(log.replies).last().isInstanceOf(Answer.Granted.class);
      assertThat(partition.progress().committable()).hasValue(2);
    }

    @Test
    void shouldInviteNobodyToPresentAgainWhatIsSpentWhenTheDeadlineIsOver() {
      // Given
      states.complete(0);
      log.fault = new IllegalStateException("the key cannot be opened");
      log.faultsLeft = 1;
      // When
      runner(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1)))
          .arrived(List.of(commands.create(CommandFixture.randomId())));
      // Then
      assertThat(log.replies).singleElement().isInstanceOfSatisfying(Answer.Denied.class, denied -> {
        assertThat(denied.error()).isEqualTo(TokenError.SERVER_ERROR);
        assertThat(denied.description()).doesNotContain("try again");
      });
      assertThat(partition.progress().committable()).hasValue(1);
    }

    @Test
    void shouldEndTheCommandsOfAStoreThatThrowsOnAThreadWhereNobodyHearsIt() {
      // Given: it throws when the restore is over, to which nobody listens but the runner
      AuthorizationId id = CommandFixture.randomId();
      CompletableFuture<Void> restored = new CompletableFuture<>();
      states.completed = restored;
      runner.arrived(List.of(commands.create(id), commands.redeem(id)));
      states.thrown = new IllegalStateException("a bug");
      // When
      states.completed = null;
      states.complete(0);
      restored.complete(null);
      // Then: neither its offset nor the next command of the authorization waits for ever
      assertThat(log.replies).hasSize(2).first().isInstanceOfSatisfying(Answer.Denied.class,
          denied -> assertThat(denied.error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE));
      assertThat(partition.progress().committable()).hasValue(2);
      assertThat(runner.inFlight()).isZero();
    }

    @Test
    void shouldEndTheCommandsOfALogThatThrows() {
      // Given
      log.thrown = new IllegalStateException("a bug");
      // When
      runner.arrived(List.of(commands.clientCredentials(), commands.clientCredentials()));
      // Then
      assertThat(log.replies).hasSize(2).hasOnlyElementsOfType(Answer.Denied.class);
      assertThat(partition.progress().committable()).hasValue(2);
    }

    @Test
    void shouldEndTheCommandsOfAFlushThatFails() {
      // Given
      states.complete(0);
      states.sendFailure = new IllegalStateException("a bug");
      // When
      runner.arrived(List.of(commands.create(CommandFixture.randomId())));
      // Then
      assertThat(log.replies).singleElement().isInstanceOf(Answer.Denied.class);
      assertThat(partition.progress().committable()).hasValue(1);
    }

    @Test
    void shouldPutACommandAsideThatCannotEvenBeRefused() {
      // Given
      log.fault = new IllegalArgumentException("cannot be encoded");
      // When
      runner.arrived(List.of(commands.clientCredentials()));
      // Then
      assertThat(putAside).hasSize(1);
      assertThat(runner.inFlight()).isZero();
      assertThat(partition.progress().committable()).hasValue(1);
    }
  }

  @Nested
  class OfTheRegistry {
    @Test
    void shouldRefuseWhatIsNotRegistered() {
      // Given
      found = new CommandRegistrations.Refused(Answer.Denied.of(TokenError.INVALID_CLIENT, "expected a client"));
      // When
      runner.arrived(List.of(commands.clientCredentials()));
      // Then
      assertThat(steps).containsExactly("Publish", "Reply", "Finish");
      assertThat(log.replies).singleElement().isInstanceOf(Answer.Denied.class);
    }

    @Test
    void shouldWaitForTheRevisionWithoutHoldingUpOthers() {
      // Given
      found = new CommandRegistrations.Behind();
      runner.arrived(List.of(commands.clientCredentials()));
      Found registered = new CommandRegistrations.Registered(CommandFixture.REGISTRATION);
      found = registered;
      runner.arrived(List.of(commands.clientCredentials()));
      assertThat(log.replies).hasSize(1);
      // When
      runner.lookAgain();
      // Then
      assertThat(log.replies).hasSize(2);
      assertThat(partition.progress().committable()).hasValue(2);
    }

    @Test
    void shouldLeaveWhenTheRevisionDoesNotCome() {
      // Given
      found = new CommandRegistrations.Behind();
      // When
      runner.arrived(List.of(commands.clientCredentials()));
      // Then
      await().atMost(SOON).until(() -> leaves.size() == 1);
      assertThat(leaves.get(0)).contains("revision 1");
      assertThat(log.replies).isEmpty();
    }
  }

  @Test
  void shouldStopAtTheNextStepOfAPartitionThatIsAnothers() {
    // Given
    states.complete(0);
    AuthorizationId id = CommandFixture.randomId();
    log.holds = true;
    runner.arrived(List.of(commands.create(id), commands.redeem(id)));
    // When
    partition.drop();
    log.holds = false;
    log.release();
    // Then
    assertThat(log.replies).isEmpty();
    assertThat(runner.inFlight()).isZero();
  }
}
