package dev.mintlog.processor;

import dev.mintlog.command.Command.RevokeBefore;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.RevocationRegister;
import dev.mintlog.registry.log.RegistryDamagedException;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.tenant.CommandedRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Writes revocations of whole subjects and clients into the registry, on a thread of its own: a publication waits for
 * Kafka. What comes while one is under way goes out together with the next. No more can wait than commands are in flight.
 */
final class PublishedRevocations implements RevocationRegister, AutoCloseable {
  /** Each try fences who publishes the registry just then, and this is the operator who repairs it. */
  static final Duration PAUSE_WHILE_DAMAGED = Duration.ofSeconds(30);

  /** Revocations of one call, and who is told. */
  private record Waiting(List<RevokeBefore> revocations, CompletableFuture<Void> done) {}

  private final Consumer<List<CommandedRevocation>> publication;
  private final InstantSource clock;
  private final List<Waiting> waiting = new ArrayList<>();
  /** Of the thread alone. */
  private Instant notBefore = Instant.MIN;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
    Thread made = new Thread(task, "revocations");
    made.setDaemon(true);
    return made;
  });

  /** @param publication publishes one revision; throws {@link RegistryException} where it is to be tried again */
  PublishedRevocations(Consumer<List<CommandedRevocation>> publication, InstantSource clock) {
    this.publication = publication;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Void> register(List<RevokeBefore> revocations) {
    Waiting call = new Waiting(revocations, new CompletableFuture<>());
    synchronized (waiting) {
      waiting.add(call);
    }
    thread.execute(this::publishAll);
    return call.done();
  }

  private void publishAll() {
    List<Waiting> calls;
    synchronized (waiting) {
      calls = List.copyOf(waiting);
      waiting.clear();
    }
    if (calls.isEmpty()) {
      return;
    }
    if (clock.instant().isBefore(notBefore)) {
      calls.forEach(call -> call.done().completeExceptionally(
          new InfrastructureException("the registry is damaged; it is tried again at " + notBefore)));
      return;
    }
    try {
      publication.accept(calls.stream().flatMap(call -> call.revocations().stream())
          .map(PublishedRevocations::commanded).toList());
      calls.forEach(call -> call.done().complete(null));
    } catch (RegistryDamagedException e) {
      notBefore = clock.instant().plus(PAUSE_WHILE_DAMAGED);
      calls.forEach(call -> call.done().completeExceptionally(new InfrastructureException(e.getMessage(), e)));
    } catch (RegistryException e) {
      // Another publication was faster, or Kafka is away: the same again, until the registry has it.
      calls.forEach(call -> call.done().completeExceptionally(new InfrastructureException(e.getMessage(), e)));
    } catch (RuntimeException | Error e) {
      // Whatever it is: a command without an end would hold up its partition.
      calls.forEach(call -> call.done().completeExceptionally(e));
    }
  }

  private static CommandedRevocation commanded(RevokeBefore command) {
    return new CommandedRevocation(command.tenant(),
        new RegisteredRevocation(command.subject(), command.client(), command.before()));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
