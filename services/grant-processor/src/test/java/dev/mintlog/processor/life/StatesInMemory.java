package dev.mintlog.processor.life;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Commit;
import dev.mintlog.store.InMemoryAuthorizationStates;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The core's store in memory, in flushes; fails on demand, and says how many steps each flush had. */
public final class StatesInMemory implements BatchedStates {
  public final List<Authorization> changelog = new ArrayList<>();
  public final InMemoryAuthorizationStates store =
      new InMemoryAuthorizationStates(Instant::now, id -> 0, id -> changelog);
  final List<Integer> flushes = new ArrayList<>();
  final List<String> restores = new ArrayList<>();
  int failures;
  AuthorizationId unwritable;
  /** Thrown by the next flush. */
  RuntimeException thrown;
  /** What the next flush's sending fails with. */
  RuntimeException sendFailure;
  /** What waits for completeness waits for this. */
  CompletionStage<Void> completed;
  private final AuthorizationId any = CommandFixture.randomId();

  @Override
  public StatesFlush flush() {
    if (thrown != null) {
      RuntimeException once = thrown;
      thrown = null;
      throw once;
    }
    return new Flush();
  }

  @Override
  public CompletionStage<Void> restore(int partition) {
    restores.add("restore");
    return store.restore(any);
  }

  @Override
  public CompletionStage<Void> complete(int partition) {
    restores.add("complete");
    return completed != null ? completed : store.restore(any);
  }

  private final class Flush implements StatesFlush {
    private final List<Runnable> steps = new ArrayList<>();

    private <T> CompletionStage<T> step(Supplier<CompletionStage<T>> effect) {
      CompletableFuture<T> future = new CompletableFuture<>();
      steps.add(() -> {
        if (failures > 0) {
          future.completeExceptionally(new InfrastructureException("Redis is away"));
        } else {
          effect.get().thenAccept(future::complete);
        }
      });
      return future;
    }

    @Override
    public CompletionStage<Loaded> load(AuthorizationId id) {
      return step(() -> store.load(id));
    }

    @Override
    public CompletionStage<OptionalInt> claimUserCode(
        AuthorizationId id, String clientId, List<String> userCodeDigests, Instant keepUntil) {
      return step(() -> store.claimUserCode(id, clientId, userCodeDigests, keepUntil));
    }

    @Override
    public CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by, List<ProofClaim> claims) {
      return step(() -> store.claimProofs(0, tenant, by, claims));
    }

    @Override
    public CompletionStage<Commit> commit(long before, Authorization after, Optional<Instant> notAfter) {
      if (after.id().equals(unwritable)) {
        throw new IllegalArgumentException("cannot be encoded");
      }
      return step(() -> store.commit(before, after, notAfter));
    }

    @Override
    public CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary) {
      return step(() -> store.confirm(id, primary));
    }

    @Override
    public CompletionStage<Primary> writeBack(Authorization state) {
      return step(() -> store.writeBack(state));
    }

    @Override
    public CompletionStage<Void> send() {
      if (sendFailure != null) {
        RuntimeException once = sendFailure;
        sendFailure = null;
        return CompletableFuture.failedFuture(once);
      }
      flushes.add(steps.size());
      steps.forEach(Runnable::run);
      failures = Math.max(0, failures - 1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
