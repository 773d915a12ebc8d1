package dev.mintlog.store;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The port in memory: completes at once, forgets on demand. Proved equal to the real store by {@link
 * AuthorizationStatesContract}.
 */
public final class InMemoryAuthorizationStates implements AuthorizationStates {
  private final Supplier<Instant> clock;
  private final Function<AuthorizationId, Object> partitionOf;
  private final Function<AuthorizationId, Collection<Authorization>> changelog;
  private final Map<AuthorizationId, Authorization> states = new HashMap<>();
  private final Map<String, UserCodeClaim> userCodes = new HashMap<>();
  private final Map<String, ProofOwner> proofs = new HashMap<>();
  private final Map<Object, Instant> completeSince = new HashMap<>();
  private int incarnation = 1;

  private record UserCodeClaim(AuthorizationId id, Instant keepUntil) {}

  private record ProofOwner(CommandId by, Instant keepUntil) {}

  /**
   * An empty store that nobody has restored yet.
   *
   * @param clock the store's own clock
   * @param partitionOf what is restored together
   * @param changelog what the changelog holds of an authorization's partition: any versions in any order
   */
  public InMemoryAuthorizationStates(Supplier<Instant> clock, Function<AuthorizationId, Object> partitionOf,
      Function<AuthorizationId, Collection<Authorization>> changelog) {
    this.clock = clock;
    this.partitionOf = partitionOf;
    this.changelog = changelog;
  }

  @Override
  public synchronized CompletionStage<Loaded> load(AuthorizationId id) {
    return done(completeSince.containsKey(partitionOf.apply(id))
        ? new Loaded.Complete(state(id), primary())
        : new Loaded.Incomplete());
  }

  @Override
  public synchronized CompletionStage<OptionalInt> claimUserCode(AuthorizationId id, String clientId,
      List<String> userCodeDigests, Instant keepUntil) {
    for (int i = 0; i < userCodeDigests.size(); i++) {
      String key = id.tenant() + "/" + userCodeDigests.get(i);
      UserCodeClaim claim = userCodes.get(key);
      boolean free = claim == null || !clock.get().isBefore(claim.keepUntil());
      if (free) {
        userCodes.put(key, new UserCodeClaim(id, keepUntil));
      }
      if (free || claim.id().equals(id)) {
        return done(OptionalInt.of(i));
      }
    }
    return done(OptionalInt.empty());
  }

  @Override
  public synchronized CompletionStage<Claimed> claimProofs(int partition, String tenant, CommandId by,
      List<ProofClaim> claims) {
    List<ProofKind> spent = new ArrayList<>();
    for (ProofClaim claim : claims) {
      String key = tenant + "/" + claim.digest();
      ProofOwner owner = proofs.get(key);
      if (owner == null || !clock.get().isBefore(owner.keepUntil())) {
        proofs.put(key, new ProofOwner(by, claim.keepUntil()));
      } else if (!owner.by().equals(by)) {
        spent.add(claim.kind());
      }
    }
    Instant since = completeSince.get(partition);
    if (since == null) {
      return done(new Claimed.Incomplete());
    }
    Optional<Claimed> forgotten = claims.stream().filter(claim -> !claim.issuedAt().isAfter(since)).findFirst()
        .map(claim -> new Claimed.Forgotten(claim.kind(), since));
    return done(forgotten.or(() -> spent.stream().findFirst().map(Claimed.Spent::new)).orElseGet(Claimed.Fresh::new));
  }

  @Override
  public synchronized CompletionStage<Commit> commit(long before, Authorization after, Optional<Instant> notAfter) {
    long found = state(after.id()).map(Authorization::version).orElse(0L);
    CommitResult result = found != before ? CommitResult.CONFLICT
        : notAfter.isPresent() && clock.get().isAfter(notAfter.get()) ? CommitResult.LATE
        : CommitResult.COMMITTED;
    if (result == CommitResult.COMMITTED) {
      states.put(after.id(), after);
    }
    return done(new Commit(result, primary()));
  }

  @Override
  public synchronized CompletionStage<Boolean> confirm(AuthorizationId id, Primary primary) {
    return done(primary.equals(primary()));
  }

  @Override
  public synchronized CompletionStage<Primary> writeBack(Authorization state) {
    if (state(state.id()).map(Authorization::version).orElse(0L) < state.version()) {
      states.put(state.id(), state);
    }
    return done(primary());
  }

  @Override
  public synchronized CompletionStage<Void> restore(AuthorizationId id) {
    Instant began = clock.get();
    changelog.apply(id).forEach(this::writeBack);
    completeSince.put(partitionOf.apply(id), began);
    return done(null);
  }

  /** Whose the user_code is, as a query sees it. */
  public synchronized Optional<AuthorizationId> resolveUserCode(String tenant, String digest) {
    return Optional.ofNullable(userCodes.get(tenant + "/" + digest))
        .filter(claim -> clock.get().isBefore(claim.keepUntil()))
        .map(UserCodeClaim::id);
  }

  /** Everything is gone: a flush, or a restart without a file. */
  public synchronized void wipe() {
    states.clear();
    userCodes.clear();
    proofs.clear();
    restart();
  }

  /** Another incarnation with the same content. */
  public synchronized void restart() {
    completeSince.clear();
    incarnation++;
  }

  /** What rests at a moment. */
  public record Snapshot(Map<AuthorizationId, Authorization> states, List<Map.Entry<String, Object>> claims,
      List<Map.Entry<String, Object>> proofs) {}

  /** A copy of what rests now. */
  public synchronized Snapshot snapshot() {
    List<Map.Entry<String, Object>> claims = new ArrayList<>();
    userCodes.forEach((digest, claim) -> claims.add(Map.entry(digest, claim)));
    List<Map.Entry<String, Object>> spent = new ArrayList<>();
    proofs.forEach((digest, owner) -> spent.add(Map.entry(digest, owner)));
    return new Snapshot(Map.copyOf(states), List.copyOf(claims), List.copyOf(spent));
  }

  /** Another incarnation that holds what was there at a moment: what was written since is lost. */
  public synchronized void restartFrom(Snapshot snapshot) {
    wipe();
    states.putAll(snapshot.states());
    snapshot.claims().forEach(claim -> userCodes.put(claim.getKey(), (UserCodeClaim) claim.getValue()));
    snapshot.proofs().forEach(spent -> proofs.put(spent.getKey(), (ProofOwner) spent.getValue()));
  }

  /** Loses one state and nobody notices. */
  public synchronized void forget(AuthorizationId id) {
    states.remove(id);
  }

  /** What rests now, whether complete or not. */
  public synchronized Optional<Authorization> state(AuthorizationId id) {
    return Optional.ofNullable(states.get(id)).filter(state -> clock.get().isBefore(state.keptUntil()));
  }

  /** Who answers now. */
  public synchronized Primary primary() {
    return new Primary(Integer.toString(incarnation));
  }

  private static <T> CompletionStage<T> done(T value) {
    return CompletableFuture.completedFuture(value);
  }
}
