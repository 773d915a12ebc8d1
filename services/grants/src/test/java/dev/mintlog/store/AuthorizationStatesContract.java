package dev.mintlog.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.Consent;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.authorization.Rotation;
import dev.mintlog.client.Scopes;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of authorizations promises. Each implementation extends this. */
public abstract class AuthorizationStatesContract {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration LONG = Duration.ofHours(1);

  private AuthorizationStates states;
  private AuthorizationId id;

  /** A store that is reachable; it need not be empty, every test uses ids of its own. */
  protected abstract AuthorizationStates states();

  /** What an authorization is restored with. */
  protected abstract int partitionOf(AuthorizationId id);

  /** Makes the store lose everything it holds. */
  protected abstract void wipe();

  /** Starts another incarnation of the store, which may hold all it held before (Redis: DEBUG CHANGE-REPL-ID). */
  protected abstract void restart();

  /** The store's own clock. */
  protected abstract Instant storeTime();

  /** Returns once the store's own clock shows this time or a later one; asked for at most two seconds ahead. */
  protected abstract void awaitStoreTime(Instant time) throws Exception;

  /** Makes the changelog hold this record after those it holds already; offsets grow with each call. */
  protected abstract void appendToChangelog(Authorization state) throws Exception;

  @BeforeEach
  void aCompleteStore() {
    states = states();
    id = randomId();
    await(states.restore(id));
  }

  @Test
  void shouldLoadNothingWhereNothingWasCommitted() {
    // When
    Loaded loaded = await(states.load(id));
    // Then
    assertThat(state(loaded)).isEmpty();
  }

  @Test
  void shouldLoadExactlyWhatWasCommitted() {
    // Given
    Authorization born = active(1, LONG);
    // When
    Commit commit = await(states.commit(0, born, Optional.empty()));
    // Then
    assertThat(commit.result()).isEqualTo(CommitResult.COMMITTED);
    assertThat(state(await(states.load(id)))).contains(born);
  }

  @Test
  void shouldCommitWhereTheExpectedVersionIsFound() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    // When
    Commit second = await(states.commit(1, active(2, LONG), Optional.empty()));
    // Then
    assertThat(second.result()).isEqualTo(CommitResult.COMMITTED);
    assertThat(version()).isEqualTo(2);
  }

  @Test
  void shouldTellTheSecondAtAVersionOfTheConflictAndKeepTheFirst() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    Authorization first = active(2, LONG);
    await(states.commit(1, first, Optional.empty()));
    // When
    Commit second = await(states.commit(1, revoked(2, LONG), Optional.empty()));
    // Then
    assertThat(second.result()).isEqualTo(CommitResult.CONFLICT);
    assertThat(state(await(states.load(id)))).contains(first);
  }

  @Test
  void shouldRefuseABirthWhereAStateIs() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    // When
    Commit again = await(states.commit(0, active(1, LONG), Optional.empty()));
    // Then
    assertThat(again.result()).isEqualTo(CommitResult.CONFLICT);
  }

  @Test
  void shouldRefuseAnythingButABirthWhereNothingIs() {
    // When
    Commit commit = await(states.commit(3, active(4, LONG), Optional.empty()));
    // Then
    assertThat(commit.result()).isEqualTo(CommitResult.CONFLICT);
    assertThat(state(await(states.load(id)))).isEmpty();
  }

  @Test
  void shouldCommitBeforeTheDeadline() {
    // When
    Commit commit = await(states.commit(0, active(1, LONG), Optional.of(storeTime().plusSeconds(30))));
    // Then
    assertThat(commit.result()).isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void shouldChangeNothingAfterTheDeadlineByItsOwnClock() {
    // When
    Commit commit = await(states.commit(0, active(1, LONG), Optional.of(storeTime().minusMillis(1))));
    // Then
    assertThat(commit.result()).isEqualTo(CommitResult.LATE);
    assertThat(state(await(states.load(id)))).isEmpty();
  }

  @Test
  void shouldSpeakOfTheConflictWhereACommitIsLateAsWell() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    // When
    Commit commit = await(states.commit(0, active(1, LONG), Optional.of(storeTime().minusMillis(1))));
    // Then: what was committed meanwhile may be this very command's, and then its answer stands
    assertThat(commit.result()).isEqualTo(CommitResult.CONFLICT);
  }

  @Test
  void shouldForgetAStateThatIsKeptNoLonger() throws Exception {
    // Given
    Authorization brief = active(1, Duration.ofMillis(400));
    await(states.commit(0, brief, Optional.empty()));
    // When
    awaitStoreTime(brief.keptUntil().plusMillis(2));
    // Then
    assertThat(state(await(states.load(id)))).isEmpty();
    assertThat(await(states.commit(0, active(1, LONG), Optional.empty())).result()).isEqualTo(CommitResult.COMMITTED);
  }

  @Test
  void shouldKeepAStateForAsLongAsItsLastCommitSays() throws Exception {
    // Given
    Authorization brief = active(1, Duration.ofMillis(400));
    await(states.commit(0, brief, Optional.empty()));
    for (int i = 0; i < 20 && commit(1, active(2, LONG)) != CommitResult.COMMITTED; i++) {
      // On a slow machine it was gone already.
      brief = active(1, Duration.ofMillis(400));
      await(states.commit(0, brief, Optional.empty()));
    }
    // When
    awaitStoreTime(brief.keptUntil().plusMillis(2));
    // Then
    assertThat(version()).isEqualTo(2);
  }

  @Test
  void shouldHaveExactlyOneWinnerOfAHundredConcurrentCommits() throws Exception {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<CommitResult>> results = new ArrayList<>();
    List<Authorization> candidates = new ArrayList<>();
    try {
      // When
      for (int i = 0; i < 100; i++) {
        Authorization candidate = active(2, LONG);
        candidates.add(candidate);
        results.add(threads.submit(() -> {
          start.await();
          return await(states.commit(1, candidate, Optional.empty())).result();
        }));
      }
      start.countDown();
      // Then
      List<Authorization> winners = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        CommitResult result = results.get(i).get(30, TimeUnit.SECONDS);
        if (result == CommitResult.COMMITTED) {
          winners.add(candidates.get(i));
        } else {
          assertThat(result).isEqualTo(CommitResult.CONFLICT);
        }
      }
      assertThat(winners).hasSize(1);
      assertThat(state(await(states.load(id)))).contains(winners.get(0));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldWriteBackWhereNothingOrAnOlderVersionIs() {
    // When
    await(states.writeBack(active(3, LONG)));
    await(states.writeBack(active(5, LONG)));
    // Then
    assertThat(version()).isEqualTo(5);
  }

  @Test
  void shouldNeverLowerAVersionByWritingBack() {
    // Given
    Authorization newest = active(5, LONG);
    await(states.writeBack(newest));
    // When
    await(states.writeBack(active(4, LONG)));
    await(states.writeBack(active(5, LONG)));
    // Then
    assertThat(state(await(states.load(id)))).contains(newest);
  }

  @Test
  void shouldNotWriteBackWhatIsKeptNoLonger() {
    // When
    await(states.writeBack(active(3, Duration.ofSeconds(-1))));
    // Then
    assertThat(state(await(states.load(id)))).isEmpty();
  }

  @Test
  void shouldConfirmThePrimaryThatLoadCommitAndWriteBackNamed() {
    // Given
    Primary loadedFrom = primary(await(states.load(id)));
    Primary committedOn = await(states.commit(0, active(1, LONG), Optional.empty())).primary();
    Primary writtenTo = await(states.writeBack(active(2, LONG)));
    // Then
    assertThat(await(states.confirm(id, loadedFrom))).isTrue();
    assertThat(await(states.confirm(id, committedOn))).isTrue();
    assertThat(await(states.confirm(id, writtenTo))).isTrue();
  }

  @Test
  void shouldNotConfirmAPrimaryThatWasWiped() {
    // Given
    Primary committedOn = await(states.commit(0, active(1, LONG), Optional.empty())).primary();
    // When
    wipe();
    // Then
    assertThat(await(states.confirm(id, committedOn))).isFalse();
  }

  @Test
  void shouldNotConfirmAPrimaryThatIsNoneAnyMore() {
    // Given
    Primary committedOn = await(states.commit(0, active(1, LONG), Optional.empty())).primary();
    // When
    restart();
    // Then
    assertThat(await(states.confirm(id, committedOn))).isFalse();
  }

  @Test
  void shouldRecogniseAWipedStoreAsIncomplete() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    // When
    wipe();
    // Then: nothing found there means nothing
    assertThat(await(states.load(id))).isInstanceOf(Loaded.Incomplete.class);
  }

  @Test
  void shouldRecogniseANewIncarnationAsIncomplete() {
    // Given
    await(states.commit(0, active(1, LONG), Optional.empty()));
    // When
    restart();
    // Then: the last writes may be gone
    assertThat(await(states.load(id))).isInstanceOf(Loaded.Incomplete.class);
  }

  @Test
  void shouldRestoreTheHighestVersionOfTheChangelogWhateverItsOrder() throws Exception {
    // Given: a paused former owner appended late
    Authorization newest = revoked(7, LONG);
    appendToChangelog(active(5, LONG));
    appendToChangelog(newest);
    appendToChangelog(active(6, LONG));
    wipe();
    // When
    await(states.restore(id));
    // Then
    assertThat(state(await(states.load(id)))).contains(newest);
  }

  @Test
  void shouldNotLowerWhatANewIncarnationKeptByRestoringIt() throws Exception {
    // Given
    appendToChangelog(active(1, LONG));
    Authorization newer = active(2, LONG);
    restart();
    await(states.writeBack(newer));
    // When
    await(states.restore(id));
    // Then
    assertThat(state(await(states.load(id)))).contains(newer);
  }

  @Test
  void shouldClaimTheFirstUserCodeThatIsFree() {
    // Given
    String taken = randomText();
    String free = randomText();
    await(states.claimUserCode(randomId(), "app", List.of(taken), storeTime().plusSeconds(60)));
    // When
    OptionalInt claimed =
        await(states.claimUserCode(id, "app", List.of(taken, free), storeTime().plusSeconds(60)));
    // Then
    assertThat(claimed).hasValue(1);
  }

  @Test
  void shouldClaimTheSameUserCodeForTheSameAuthorizationAgain() {
    // Given
    List<String> candidates = List.of(randomText(), randomText());
    await(states.claimUserCode(id, "app", candidates, storeTime().plusSeconds(60)));
    // When
    OptionalInt again = await(states.claimUserCode(id, "app", candidates, storeTime().plusSeconds(60)));
    // Then
    assertThat(again).hasValue(0);
  }

  @Test
  void shouldClaimNothingWhereAllUserCodesAreTaken() {
    // Given
    List<String> candidates = List.of(randomText());
    await(states.claimUserCode(randomId(), "app", candidates, storeTime().plusSeconds(60)));
    // When
    OptionalInt claimed = await(states.claimUserCode(id, "app", candidates, storeTime().plusSeconds(60)));
    // Then
    assertThat(claimed).isEmpty();
  }

  @Test
  void shouldFreeAUserCodeWhoseClaimIsOver() throws Exception {
    // Given
    List<String> candidates = List.of(randomText());
    Instant until = storeTime().plusMillis(400);
    await(states.claimUserCode(randomId(), "app", candidates, until));
    // When
    awaitStoreTime(until.plusMillis(2));
    // Then
    assertThat(await(states.claimUserCode(id, "app", candidates, storeTime().plusSeconds(60)))).hasValue(0);
  }

  @Test
  void shouldGiveAProofToTheFirstCommandOnly() {
    // Given
    ProofClaim proof = freshProof();
    // When
    Claimed first = claim(new CommandId(randomText()), proof);
    Claimed second = claim(new CommandId(randomText()), proof);
    // Then
    assertThat(first).isEqualTo(new Claimed.Fresh());
    assertThat(second).isEqualTo(new Claimed.Spent(ProofKind.DPOP));
  }

  @Test
  void shouldFindTheClaimOfTheSameCommandAgain() {
    // Given
    ProofClaim proof = freshProof();
    CommandId command = new CommandId(randomText());
    claim(command, proof);
    // Then
    assertThat(claim(command, proof)).isEqualTo(new Claimed.Fresh());
  }

  @Test
  void shouldKeepProofsOfTenantsApart() {
    // Given
    ProofClaim proof = freshProof();
    claim(new CommandId(randomText()), proof);
    // When
    Claimed elsewhere = await(
        states.claimProofs(partitionOf(id), "another", new CommandId(randomText()), List.of(proof)));
    // Then
    assertThat(elsewhere).isEqualTo(new Claimed.Fresh());
  }

  @Test
  void shouldNameTheKindThatWasSpentAmongSeveralProofs() {
    // Given
    ProofClaim assertion = new ProofClaim(
        ProofKind.CLIENT_ASSERTION, randomText(), storeTime().plusSeconds(1), storeTime().plusSeconds(60));
    ProofClaim dpop = freshProof();
    claim(new CommandId(randomText()), dpop);
    // Then
    assertThat(claim(new CommandId(randomText()), assertion, dpop)).isEqualTo(new Claimed.Spent(ProofKind.DPOP));
  }

  @Test
  void shouldGiveAProofToOneOfManyThatClaimItAtOnce() throws Exception {
    // Given
    ProofClaim proof = freshProof();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Claimed>> claims = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      claims.add(threads.submit(() -> {
        start.await();
        return claim(new CommandId(randomText()), proof);
      }));
    }
    // When
    start.countDown();
    List<Claimed> results = new ArrayList<>();
    for (Future<Claimed> claim : claims) {
      results.add(claim.get(10, TimeUnit.SECONDS));
    }
    threads.shutdown();
    // Then
    assertThat(results).filteredOn(new Claimed.Fresh()::equals).hasSize(1);
  }

  @Test
  void shouldForgetAProofWhenItsClaimIsOver() throws Exception {
    // Given
    Instant until = storeTime().plusMillis(400);
    ProofClaim proof = new ProofClaim(ProofKind.DPOP, randomText(), storeTime().plusSeconds(1), until);
    claim(new CommandId(randomText()), proof);
    // When
    awaitStoreTime(until.plusMillis(2));
    // Then
    assertThat(claim(new CommandId(randomText()), proof)).isEqualTo(new Claimed.Fresh());
  }

  @Test
  void shouldSayNothingOfProofsOnAnIncompletePrimary() {
    // Given
    wipe();
    // Then
    assertThat(claim(new CommandId(randomText()), freshProof())).isEqualTo(new Claimed.Incomplete());
  }

  @Test
  void shouldRefuseAProofThatWasIssuedBeforeALossAndTakeOneIssuedAfter() {
    // Given
    ProofClaim before = new ProofClaim(
        ProofKind.DPOP, randomText(), storeTime().minusSeconds(1), storeTime().plusSeconds(60));
    // When
    wipe();
    await(states.restore(id));
    // Then
    assertThat(claim(new CommandId(randomText()), before)).isInstanceOf(Claimed.Forgotten.class);
    assertThat(claim(new CommandId(randomText()), freshProof())).isEqualTo(new Claimed.Fresh());
  }

  @Test
  void shouldRefuseAProofThatWasIssuedBeforeARestart() {
    // Given
    ProofClaim before = new ProofClaim(
        ProofKind.DPOP, randomText(), storeTime().minusSeconds(1), storeTime().plusSeconds(60));
    // When
    restart();
    await(states.restore(id));
    // Then
    assertThat(claim(new CommandId(randomText()), before)).isInstanceOf(Claimed.Forgotten.class);
  }

  private Claimed claim(CommandId by, ProofClaim... proofs) {
    return await(states.claimProofs(partitionOf(id), id.tenant(), by, List.of(proofs)));
  }

  private ProofClaim freshProof() {
    return new ProofClaim(ProofKind.DPOP, randomText(), storeTime().plusSeconds(1), storeTime().plusSeconds(60));
  }

  /** The authorization of the running test. */
  protected final AuthorizationId id() {
    return id;
  }

  private Authorization active(long version, Duration keptFor) {
    Instant now = storeTime().truncatedTo(ChronoUnit.MILLIS);
    Consent consent = new Consent("app", "alice", Scopes.of("orders", "offline_access"), Optional.of(now),
        Optional.empty(), List.of("pwd"), Optional.of("n-0S6_WzA2Mj"), Optional.empty());
    Active state = new Active(HandleKind.CODE, consent, Rotation.first(now));
    return authorization(version, state, now, keptFor);
  }

  private Authorization revoked(long version, Duration keptFor) {
    Instant now = storeTime().truncatedTo(ChronoUnit.MILLIS);
    return authorization(version, new Revoked("app", Optional.of("alice"), RevocationReason.REQUESTED), now, keptFor);
  }

  private Authorization authorization(long version, AuthorizationState state, Instant now, Duration keptFor) {
    Applied applied = new Applied(new CommandId(randomText()),
        new LogPosition("4vNpR9oTQ2m0yQ3pJx1F7A", 0, version), new Answer.Done());
    return new Authorization(id, version, state, applied, now, now.plus(keptFor));
  }

  private CommitResult commit(long before, Authorization after) {
    return await(states.commit(before, after, Optional.empty())).result();
  }

  private long version() {
    return state(await(states.load(id))).orElseThrow().version();
  }

  private static Optional<Authorization> state(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Complete.class);
    return ((Loaded.Complete) loaded).state();
  }

  private static Primary primary(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Loaded.Complete.class);
    return ((Loaded.Complete) loaded).primary();
  }

  private static AuthorizationId randomId() {
    return new AuthorizationId("default", randomText());
  }

  private static String randomText() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("expected the store to answer", e);
    }
  }
}
