package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.channel.state.UserCodePointer;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.StatesFlush;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Commit;
import dev.mintlog.store.CommitResult;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Steps on Redis that travel in one pipeline:
 *
 * <pre>
 * INFO replication | commits, write-backs, claims | states | markers | INFO replication
 * </pre>
 *
 * What is written is said to be written on the primary named before it: should another take over in between, the later
 * question finds another name and the state is written again. What is read is vouched for by the marker and the primary
 * read after it: should another take over in between, the two do not fit.
 */
final class RedisFlush implements StatesFlush {
  private static final byte[] NOTHING = new byte[0];
  private static final long COMMITTED = 0;
  private static final long CONFLICT = 1;

  private final RedisAuthorizationStates states;
  private final List<AsyncCommand<byte[], byte[], ?>> writes = new ArrayList<>();
  private final List<AsyncCommand<byte[], byte[], ?>> reads = new ArrayList<>();
  private final Map<Integer, AsyncCommand<byte[], byte[], byte[]>> markers = new HashMap<>();
  private final AsyncCommand<byte[], byte[], byte[]> before = RedisCommands.info("replication");
  private final AsyncCommand<byte[], byte[], byte[]> after = RedisCommands.info("replication");
  private final List<Runnable> completions = new ArrayList<>();

  private Map<Integer, Optional<Marker>> completeSince;
  private ReplicationState replicationBefore;
  private ReplicationState replicationAfter;

  RedisFlush(RedisAuthorizationStates states) {
    this.states = states;
  }

  @Override
  public CompletionStage<Loaded> load(AuthorizationId id) {
    int partition = states.partitionOf(id);
    marker(partition);
    AsyncCommand<byte[], byte[], byte[]> get = read(RedisCommands.get(RedisKeys.state(id)));
    return answered(() -> {
      byte[] value = get.join();
      if (!isComplete(partition)) {
        return new Loaded.Incomplete();
      }
      if (value == null) {
        return new Loaded.Complete(Optional.empty(), primary(replicationAfter()));
      }
      Optional<Authorization> state = states.open(id, value);
      if (state.isEmpty()) {
        // Somebody without the secret wrote here: as good as lost.
        states.evict(id, value);
        return new Loaded.Incomplete();
      }
      return new Loaded.Complete(state, primary(replicationAfter()));
    });
  }

  @Override
  public CompletionStage<OptionalInt> claimUserCode(AuthorizationId id, String clientId, List<String> userCodeDigests,
      Instant keepUntil) {
    return claim(id, clientId, userCodeDigests, keepUntil, 0);
  }

  // The first candidate travels with this flush. It is taken once in a blue moon; then the next has one of its own.
  private CompletionStage<OptionalInt> claim(AuthorizationId id, String clientId, List<String> digests,
      Instant keepUntil, int candidate) {
    if (candidate == digests.size()) {
      return CompletableFuture.completedFuture(OptionalInt.empty());
    }
    String digest = digests.get(candidate);
    AsyncCommand<byte[], byte[], byte[]> set = write(RedisCommands.setIfAbsent(
        RedisKeys.userCode(id.tenant(), digest),
        states.pointers().value(digest, new UserCodePointer(id, clientId)), keepUntil.toEpochMilli()));
    return answered(set::join).thenCompose(found -> {
      if (found == null || isOf(id, digest, found)) {
        return CompletableFuture.completedFuture(OptionalInt.of(candidate));
      }
      RedisFlush next = new RedisFlush(states);
      CompletionStage<OptionalInt> claimed = next.claim(id, clientId, digests, keepUntil, candidate + 1);
      next.send();
      return claimed;
    });
  }

  private boolean isOf(AuthorizationId id, String digest, byte[] pointer) {
    return states.pointers().open(id.tenant(), digest, pointer)
        .filter(found -> found.authorizationId().equals(id)).isPresent();
  }

  @Override
  public CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by, List<ProofClaim> claims) {
    marker(partition);
    List<AsyncCommand<byte[], byte[], byte[]>> sets = new ArrayList<>(claims.size());
    for (ProofClaim claim : claims) {
      sets.add(write(RedisCommands.setIfAbsent(RedisKeys.proof(tenant, claim.digest()),
          states.proofs().value(tenant, claim.digest(), by), claim.keepUntil().toEpochMilli())));
    }
    return answered(() -> completeSince(partition).map(Marker::since)
        .map(since -> claimed(tenant, by, claims, sets, since)).orElseGet(Claimed.Incomplete::new));
  }

  private Claimed claimed(String tenant, CommandId by, List<ProofClaim> claims,
      List<AsyncCommand<byte[], byte[], byte[]>> sets, Instant since) {
    Claimed claimed = new Claimed.Fresh();
    for (int i = 0; i < claims.size(); i++) {
      ProofClaim claim = claims.get(i);
      byte[] found = sets.get(i).join();
      if (!claim.issuedAt().isAfter(since)) {
        // Before all else: who claimed it since the loss may be a thief, and the first to use it be called the second.
        return new Claimed.Forgotten(claim.kind(), since);
      }
      // What does not open is somebody's who has no business here: nobody can say that the proof is fresh.
      if (found != null && !states.proofs().open(tenant, claim.digest(), found).equals(Optional.of(by))) {
        claimed = new Claimed.Spent(claim.kind());
      }
    }
    return claimed;
  }

  @Override
  public CompletionStage<Commit> commit(long versionBefore, Authorization authorization, Optional<Instant> notAfter) {
    AsyncCommand<byte[], byte[], Long> commit = write(RedisCommands.run(Script.COMMIT,
        RedisKeys.state(authorization.id()),
        versionBefore == 0 ? NOTHING : RedisStates.version(versionBefore),
        states.value(authorization),
        RedisCommands.decimal(authorization.keptUntil().toEpochMilli()),
        notAfter.map(time -> RedisCommands.decimal(time.toEpochMilli())).orElse(NOTHING)));
    return answered(() -> {
      long result = commit.join();
      return new Commit(
          result == COMMITTED ? CommitResult.COMMITTED : result == CONFLICT ? CommitResult.CONFLICT : CommitResult.LATE,
          primary(replicationBefore()));
    });
  }

  @Override
  public CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary) {
    int partition = states.partitionOf(id);
    marker(partition);
    return answered(() -> isComplete(partition) && primary(replicationAfter()).equals(primary));
  }

  @Override
  public CompletionStage<Primary> writeBack(Authorization state) {
    AsyncCommand<byte[], byte[], Long> restore = write(RedisCommands.run(Script.RESTORE, RedisKeys.state(state.id()),
        states.value(state), RedisCommands.decimal(state.keptUntil().toEpochMilli())));
    return answered(() -> {
      restore.join();
      return primary(replicationBefore());
    });
  }

  @Override
  public CompletionStage<Void> send() {
    List<AsyncCommand<byte[], byte[], ?>> pipeline = new ArrayList<>(writes.size() + reads.size() + 4);
    if (!writes.isEmpty()) {
      pipeline.add(before);
      pipeline.addAll(writes);
    }
    pipeline.addAll(reads);
    if (!markers.isEmpty()) {
      pipeline.addAll(markers.values());
      pipeline.add(after);
    }
    return states.link().send(pipeline).thenRun(() -> completions.forEach(Runnable::run));
  }

  private <T> CompletionStage<T> answered(Supplier<T> answer) {
    CompletableFuture<T> future = new CompletableFuture<>();
    completions.add(() -> {
      try {
        future.complete(answer.get());
      } catch (CompletionException | CancellationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        future.completeExceptionally(cause instanceof InfrastructureException ? cause
            : new InfrastructureException("Redis did not answer as it must: " + cause.getMessage(), cause));
      } catch (RuntimeException | Error e) {
        future.completeExceptionally(e);
      }
    });
    return future;
  }

  private void marker(int partition) {
    markers.computeIfAbsent(partition, number -> RedisCommands.get(RedisKeys.marker(number)));
  }

  private <C extends AsyncCommand<byte[], byte[], ?>> C write(C command) {
    writes.add(command);
    return command;
  }

  private <C extends AsyncCommand<byte[], byte[], ?>> C read(C command) {
    reads.add(command);
    return command;
  }

  private boolean isComplete(int partition) {
    return completeSince(partition).isPresent();
  }

  // Opened once per flush, not once per state.
  private Optional<Marker> completeSince(int partition) {
    if (completeSince == null) {
      completeSince = new HashMap<>();
    }
    ReplicationState replication = replicationAfter();
    return completeSince.computeIfAbsent(partition,
        number -> states.marker(number, markers.get(number).join(), replication));
  }

  private ReplicationState replicationBefore() {
    if (replicationBefore == null) {
      replicationBefore = replication(before);
    }
    return replicationBefore;
  }

  private ReplicationState replicationAfter() {
    if (replicationAfter == null) {
      replicationAfter = replication(after);
    }
    return replicationAfter;
  }

  private static ReplicationState replication(AsyncCommand<byte[], byte[], byte[]> info) {
    return ReplicationState.parse(new String(info.join(), StandardCharsets.US_ASCII));
  }

  private static Primary primary(ReplicationState replication) {
    if (!replication.isPrimary()) {
      throw new InfrastructureException("Redis is " + replication.role() + ", expected the primary");
    }
    return new Primary(replication.replid());
  }
}
