package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.channel.state.SpentProofs;
import dev.mintlog.channel.state.UserCodePointers;
import dev.mintlog.processor.life.BatchedStates;
import dev.mintlog.processor.life.StatesFlush;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.AuthorizationStates;
import dev.mintlog.store.Commit;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Authorizations in one Redis primary. Each call of the port is a flush of its own; {@link #flush} gathers. */
public final class RedisAuthorizationStates implements AuthorizationStates, BatchedStates {
  private static final Logger LOG = LoggerFactory.getLogger(RedisAuthorizationStates.class);

  private final RedisLink link;
  private final Partitions partitions;
  private final RedisForms forms;
  private final PartitionRestores restores;

  /** @param restores writes back from the changelog */
  public RedisAuthorizationStates(RedisLink link, Partitions partitions, RedisForms forms,
      PartitionRestores restores) {
    this.link = link;
    this.partitions = partitions;
    this.forms = forms;
    this.restores = restores;
  }

  @Override
  public StatesFlush flush() {
    return new RedisFlush(this);
  }

  @Override
  public CompletionStage<Void> restore(int partition) {
    return restores.restore(partition);
  }

  @Override
  public CompletionStage<Void> complete(int partition) {
    return restores.complete(partition);
  }

  @Override
  public CompletionStage<Loaded> load(AuthorizationId id) {
    return alone(flush -> flush.load(id));
  }

  @Override
  public CompletionStage<OptionalInt> claimUserCode(AuthorizationId id, String clientId, List<String> userCodeDigests,
      Instant keepUntil) {
    return alone(flush -> flush.claimUserCode(id, clientId, userCodeDigests, keepUntil));
  }

  @Override
  public CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by, List<ProofClaim> claims) {
    return alone(flush -> flush.claimProofs(partition, tenant, by, claims));
  }

  @Override
  public CompletionStage<Commit> commit(long before, Authorization after, Optional<Instant> notAfter) {
    return alone(flush -> flush.commit(before, after, notAfter));
  }

  @Override
  public CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary) {
    return alone(flush -> flush.confirm(id, primary));
  }

  @Override
  public CompletionStage<Primary> writeBack(Authorization state) {
    return alone(flush -> flush.writeBack(state));
  }

  @Override
  public CompletionStage<Void> restore(AuthorizationId id) {
    return restores.restore(partitionOf(id));
  }

  int partitionOf(AuthorizationId id) {
    return partitions.of(id.key());
  }

  RedisLink link() {
    return link;
  }

  byte[] value(Authorization authorization) {
    return forms.states().value(authorization);
  }

  Optional<Authorization> open(AuthorizationId id, byte[] value) {
    return forms.states().open(id, value);
  }

  UserCodePointers pointers() {
    return forms.pointers();
  }

  SpentProofs proofs() {
    return forms.proofs();
  }

  /** Present where the primary is complete. */
  Optional<Marker> marker(int partition, byte[] marker, ReplicationState replication) {
    return Optional.ofNullable(marker).flatMap(found -> forms.markers().open(partition, found))
        .filter(found -> found.isFor(replication));
  }

  /** Takes away a value that none of ours wrote, and has the partition restored. */
  void evict(AuthorizationId id, byte[] value) {
    LOG.warn("the state of {} in Redis was not written by a holder of the channel secret: it is restored", id);
    link.send(List.of(RedisCommands.run(Script.SWAP, RedisKeys.state(id), value, new byte[0])));
    restores.restore(partitionOf(id));
  }

  private <T> CompletionStage<T> alone(Function<StatesFlush, CompletionStage<T>> step) {
    StatesFlush flush = flush();
    CompletionStage<T> result = step.apply(flush);
    flush.send();
    return result;
  }
}
