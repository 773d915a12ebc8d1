package dev.mintlog.simulation;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.command.Command;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.store.Commit;
import dev.mintlog.store.CommitResult;
import dev.mintlog.store.InMemoryAuthorizationStates;
import dev.mintlog.store.Loaded;
import dev.mintlog.store.Primary;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** The store in memory, with the rules that can be switched off at its rim, and an observer of what it holds. */
final class SimulatedStates {
  private static final long FOREIGN = 1_000_000;

  private final SimulatedLog log;
  private final Set<Rule> off;
  private final InMemoryAuthorizationStates states;
  private final Map<AuthorizationId, Deque<Authorization>> histories = new LinkedHashMap<>();
  private long claimsMade;

  SimulatedStates(World world, SimulatedLog log, Set<Rule> off) {
    this.log = log;
    this.off = off;
    this.states = new InMemoryAuthorizationStates(world::now, SimulatedLog::partitionOf, this::changelogOf);
  }

  Loaded load(AuthorizationId id) {
    return done(states.load(id));
  }

  OptionalInt claimUserCode(AuthorizationId id, String clientId, List<String> digests, Instant keepUntil) {
    return done(states.claimUserCode(id, clientId, digests, keepUntil));
  }

  Claimed claimProofs(Command command, List<ProofClaim> claims) {
    Delivery delivery = command.delivery();
    CommandId by = off.contains(Rule.PROOF_FOUND_AGAIN) ? Given.commandId(FOREIGN + claimsMade++) : delivery.commandId();
    Claimed claimed = done(states.claimProofs(delivery.position().partition(), command.tenant(), by, claims));
    boolean ignored = off.contains(Rule.PROOF_SPENT_ONCE) && claimed instanceof Claimed.Spent
        || off.contains(Rule.FORGOTTEN_PROOF_REFUSED) && claimed instanceof Claimed.Forgotten;
    return ignored ? new Claimed.Fresh() : claimed;
  }

  Optional<AuthorizationId> resolveUserCode(String digest) {
    return states.resolveUserCode("default", digest);
  }

  Commit commit(long before, Authorization after, Optional<Instant> notAfter) {
    if (isSwitchedOffTombstone(after)) {
      return new Commit(CommitResult.COMMITTED, states.primary());
    }
    long expected = off.contains(Rule.VERSION_COMPARED) ? version(after.id()) : before;
    Commit commit =
        done(states.commit(expected, after, off.contains(Rule.DEADLINE) ? Optional.empty() : notAfter));
    if (commit.result() == CommitResult.COMMITTED) {
      remember(expected, after);
    }
    return commit;
  }

  boolean confirm(AuthorizationId id, Primary primary) {
    return off.contains(Rule.PRIMARY_CONFIRMED) || done(states.confirm(id, primary));
  }

  Primary writeBack(Authorization state) {
    if (off.contains(Rule.WRITE_BACK_NEVER_LOWERS)) {
      states.forget(state.id());
    }
    if (version(state.id()) < state.version()) {
      remember(state.version() - 1, state);
    }
    return done(states.writeBack(state));
  }

  void restore(AuthorizationId id) {
    done(states.restore(id));
  }

  /** What is restored of one authorization is restored of its partition. */
  void restore(int partition) {
    restore(Stream.iterate(1, number -> number + 1).map(Given::id)
        .filter(id -> SimulatedLog.partitionOf(id) == partition).findFirst().orElseThrow());
  }

  /** What rests, whether the primary is complete or not. */
  Optional<Authorization> state(AuthorizationId id) {
    return states.state(id);
  }

  void wipe() {
    states.wipe();
    forgetWhatIsLost();
  }

  InMemoryAuthorizationStates.Snapshot snapshot() {
    return states.snapshot();
  }

  /** A restart, or a promotion, that lost what was written after the snapshot. */
  void restartFrom(InMemoryAuthorizationStates.Snapshot snapshot) {
    states.restartFrom(snapshot);
    forgetWhatIsLost();
  }

  /** The commits that led to the state that rests, oldest first; those that were lost with a primary are not among them. */
  List<Authorization> history(AuthorizationId id) {
    Deque<Authorization> history = histories.getOrDefault(id, new ArrayDeque<>());
    long version = version(id);
    List<Authorization> standing = new ArrayList<>();
    history.descendingIterator().forEachRemaining(state -> {
      if (state.version() <= version) {
        standing.add(state);
      }
    });
    return standing;
  }

  Collection<AuthorizationId> ids() {
    return histories.keySet();
  }

  private boolean isSwitchedOffTombstone(Authorization after) {
    if (!(after.state() instanceof Revoked revoked)) {
      return false;
    }
    return off.contains(Rule.WRONG_VERIFIER_BURNS) && revoked.reason() == RevocationReason.WRONG_CODE_VERIFIER
        || off.contains(Rule.REUSE_REVOKES) && after.applied().answer() instanceof Answer.Denied
            && revoked.reason() != RevocationReason.WRONG_CODE_VERIFIER;
  }

  // Newest first; what stood above the version that was found is no ancestor.
  private void remember(long before, Authorization after) {
    Deque<Authorization> history = histories.computeIfAbsent(after.id(), id -> new ArrayDeque<>());
    while (!history.isEmpty() && history.peek().version() > before) {
      history.pop();
    }
    history.push(after);
  }

  // What neither survived nor is in the changelog never happened: its command will be decided again.
  private void forgetWhatIsLost() {
    histories.forEach((id, history) -> history.removeIf(state -> state.version() > version(id)
        && log.changelog(SimulatedLog.partitionOf(id)).stream().noneMatch(entry -> entry.state().equals(state))));
  }

  private Collection<Authorization> changelogOf(AuthorizationId id) {
    Map<AuthorizationId, Authorization> chosen = new LinkedHashMap<>();
    for (SimulatedLog.Entry entry : log.changelog(SimulatedLog.partitionOf(id))) {
      boolean lastWins = off.contains(Rule.HIGHEST_VERSION_RESTORED);
      chosen.merge(entry.state().id(), entry.state(),
          (before, next) -> lastWins || next.version() > before.version() ? next : before);
    }
    return chosen.values();
  }

  private long version(AuthorizationId id) {
    return states.state(id).map(Authorization::version).orElse(0L);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
