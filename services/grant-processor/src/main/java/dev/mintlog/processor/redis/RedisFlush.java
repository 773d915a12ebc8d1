package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.UserCodePointer;
import dev.mintlog.processor.life.StatesFlush;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Commit;
import dev.mintlog.store.CommitResult;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Steps on the store as commands of one {@link RedisPipeline}, and what each step's answer means. */
final class RedisFlush implements StatesFlush {
  private static final byte[] NOTHING = new byte[0];
  private static final long COMMITTED = 0;
  private static final long CONFLICT = 1;

  private final RedisAuthorizationStates states;
  private final RedisPipeline pipeline;

  RedisFlush(RedisAuthorizationStates states) {
    this.states = states;
    this.pipeline = new RedisPipeline(states);
  }

  @Override
  public CompletionStage<Loaded> load(AuthorizationId id) {
    int partition = states.partitionOf(id);
    AsyncCommand<byte[], byte[], byte[]> get = pipeline.read(partition, RedisCommands.get(RedisKeys.state(id)));
    return pipeline.answered(() -> {
      byte[] value = get.join();
      if (!pipeline.isComplete(partition)) {
        return new Loaded.Incomplete();
      }
      if (value == null) {
        return new Loaded.Complete(Optional.empty(), pipeline.readFrom());
      }
      Optional<Authorization> state = states.open(id, value);
      if (state.isEmpty()) {
        // Somebody without the secret wrote here: as good as lost.
        states.evict(id, value);
        return new Loaded.Incomplete();
      }
      return new Loaded.Complete(state, pipeline.readFrom());
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
    AsyncCommand<byte[], byte[], byte[]> set = pipeline.write(RedisCommands.setIfAbsent(
        RedisKeys.userCode(id.tenant(), digest),
        states.pointers().value(digest, new UserCodePointer(id, clientId)), keepUntil.toEpochMilli()));
    return pipeline.answered(set::join).thenCompose(found -> {
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
    pipeline.marker(partition);
    List<AsyncCommand<byte[], byte[], byte[]>> sets = new ArrayList<>(claims.size());
    for (ProofClaim claim : claims) {
      sets.add(pipeline.write(RedisCommands.setIfAbsent(RedisKeys.proof(tenant, claim.digest()),
          states.proofs().value(tenant, claim.digest(), by), claim.keepUntil().toEpochMilli())));
    }
    return pipeline.answered(() -> pipeline.completeSince(partition).map(Marker::since)
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
    AsyncCommand<byte[], byte[], Long> commit = pipeline.write(RedisCommands.run(Script.COMMIT,
        RedisKeys.state(authorization.id()),
        versionBefore == 0 ? NOTHING : RedisStates.version(versionBefore),
        states.value(authorization),
        RedisCommands.decimal(authorization.keptUntil().toEpochMilli()),
        notAfter.map(time -> RedisCommands.decimal(time.toEpochMilli())).orElse(NOTHING)));
    return pipeline.answered(() -> {
      long result = commit.join();
      return new Commit(
          result == COMMITTED ? CommitResult.COMMITTED : result == CONFLICT ? CommitResult.CONFLICT : CommitResult.LATE,
          pipeline.writtenOn());
    });
  }

  @Override
  public CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary) {
    int partition = states.partitionOf(id);
    pipeline.marker(partition);
    return pipeline.answered(() -> pipeline.isComplete(partition) && pipeline.readFrom().equals(primary));
  }

  @Override
  public CompletionStage<Primary> writeBack(Authorization state) {
    AsyncCommand<byte[], byte[], Long> restore = pipeline.write(RedisCommands.run(Script.RESTORE,
        RedisKeys.state(state.id()), states.value(state), RedisCommands.decimal(state.keptUntil().toEpochMilli())));
    return pipeline.answered(() -> {
      restore.join();
      return pipeline.writtenOn();
    });
  }

  @Override
  public CompletionStage<Void> send() {
    return pipeline.send();
  }
}
