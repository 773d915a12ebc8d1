package dev.mintlog.processor.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.Answer;
import dev.mintlog.authorization.Applied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.authorization.PollClock;
import dev.mintlog.authorization.PolledRequest;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.Scopes;
import dev.mintlog.processor.life.CommandFixture;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.StatesInMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangelogRepairTest {
  private final AuthorizationId id = CommandFixture.randomId();
  private final StatesInMemory states = new StatesInMemory();
  private final OwnRecords own = new OwnRecords();
  private final TailInMemory log = new TailInMemory(own);
  private final ChangelogRepair repair =
      new ChangelogRepair(log, own, states, () -> List.of(0, 1), Clock.systemUTC());

  @BeforeEach
  void theStoreIsComplete() {
    states.complete(0);
  }

  @Test
  void shouldAppendTheNewestStateAgainWhereAFormerOwnersOlderOneCameLast() throws Exception {
    // Given
    repair.look();
    weGoOn(revoked(id, 16));
    weGoOn(revoked(id, 24));
    // When
    log.byOthers(0, revoked(id, 8));
    look();
    // Then
    assertThat(log.last(id).version()).isEqualTo(24);
    assertThat(repair.repaired()).isEqualTo(1);
    // When
    look();
    // Then
    assertThat(log.partition(0)).hasSize(4);
  }

  @Test
  void shouldSeeWhatCameBetweenTheTakeoverAndOurFirstRecord() throws Exception {
    // Given: the authorization went on under an owner that is gone
    states.store.writeBack(revoked(id, 16));
    log.byOthers(0, revoked(id, 16));
    log.byOthers(0, revoked(id, 8));
    weGoOn(revoked(CommandFixture.randomId(), 8));
    // When
    look();
    // Then
    assertThat(log.last(id).version()).isEqualTo(16);
  }

  @Test
  void shouldReadNothingOfWhatIsOurs() throws Exception {
    // Given
    repair.look();
    for (int i = 1; i < 100; i++) {
      weGoOn(revoked(id, i));
    }
    // When
    look();
    // Then
    assertThat(log.reads).isEmpty();
    assertThat(log.partition(0)).hasSize(99);
  }

  @Test
  void shouldLeaveARecordOfOthersAloneThatIsTheNewest() throws Exception {
    // Given
    weGoOn(revoked(id, 8));
    states.store.writeBack(revoked(id, 16));
    log.byOthers(0, revoked(id, 16));
    // When
    look();
    // Then
    assertThat(log.partition(0)).hasSize(2);
  }

  @Test
  void shouldNotComeLateItselfWhereTheAuthorizationGoesOnMeanwhile() throws Exception {
    // Given
    weGoOn(revoked(id, 16));
    log.byOthers(0, revoked(id, 8));
    // When: the next record is in the log before the one that is appended again
    log.beforeAppend = () -> {
      log.beforeAppend = () -> {};
      weGoOn(revoked(id, 24));
    };
    look();
    // Then
    assertThat(log.last(id).version()).isEqualTo(24);
  }

  @Test
  void shouldGiveTheStoreWhatTheLogHasAndItHasNot() throws Exception {
    // Given
    states.store.writeBack(revoked(id, 8));
    log.byOthers(0, revoked(id, 16));
    // When
    look();
    // Then
    assertThat(states.store.state(id)).hasValueSatisfying(state -> assertThat(state.version()).isEqualTo(16));
  }

  @Test
  void shouldLookAgainWhereTheStoreWasNotComplete() throws Exception {
    // Given
    weGoOn(revoked(id, 16));
    log.byOthers(0, revoked(id, 8));
    repair.look();
    states.store.wipe();
    assertThatThrownBy(repair::look).isInstanceOf(InfrastructureException.class);
    // When
    states.changelog.addAll(log.partition(0));
    states.complete(0);
    look();
    // Then
    assertThat(log.last(id).version()).isEqualTo(16);
  }

  @Test
  void shouldNotRecordThatADeviceAskedAgain() throws Exception {
    // Given: who polled last is known to the store alone
    log.byOthers(0, pending(id, 8));
    states.store.writeBack(pending(id, 9));
    // When
    look();
    // Then
    assertThat(log.partition(0)).hasSize(1);
  }

  @Test
  void shouldReadNoMoreInOneLookThanItsBoundAndGoOnInTheNext() throws Exception {
    // Given
    for (int i = 0; i < ChangelogRepair.RECORDS_MAX; i++) {
      log.byOthers(0, revoked(id, 8));
    }
    states.store.writeBack(revoked(id, 16));
    log.byOthers(1, revoked(CommandFixture.randomId(), 8));
    repair.look();
    // When
    repair.look();
    // Then
    assertThat(log.reads).containsExactly(ChangelogRepair.RECORDS_MAX);
    // When
    repair.look();
    // Then
    assertThat(log.reads.subList(1, log.reads.size())).containsExactly(1);
  }

  @Test
  void shouldReadNoMoreInOneLookThanItsBoundWhereTheRecordsAreForged() throws Exception {
    // Given
    Authorization forgery = revoked(id, 8);
    for (int i = 0; i < ChangelogRepair.RECORDS_MAX + 1; i++) {
      log.byForgers(0, forgery);
    }
    repair.look();
    // When
    repair.look();
    // Then
    assertThat(log.reads).containsExactly(ChangelogRepair.RECORDS_MAX);
    // When
    repair.look();
    // Then
    assertThat(log.reads).containsExactly(ChangelogRepair.RECORDS_MAX, 1);
  }

  @Test
  void shouldRepairTheOthersWhereOnePartitionCannotBeRead() throws Exception {
    // Given
    log.unreadable = 0;
    log.byOthers(0, revoked(CommandFixture.randomId(), 8));
    states.store.writeBack(revoked(id, 16));
    log.byOthers(1, revoked(id, 8));
    // When
    look();
    // Then
    assertThat(log.last(id).version()).isEqualTo(16);
    assertThat(repair.problem()).hasValue("expected the key of key id 1a2b3c4d");
    // When
    log.unreadable = -1;
    look();
    // Then
    assertThat(repair.problem()).isEmpty();
  }

  // A look goes as far as the log went at the one before.
  private void look() throws InterruptedException {
    repair.look();
    repair.look();
  }

  private void weGoOn(Authorization state) {
    states.store.writeBack(state);
    log.byUs(0, state);
  }

  private static Authorization revoked(AuthorizationId id, long version) {
    return state(id, version, new Revoked("app", Optional.empty(), RevocationReason.REQUESTED));
  }

  private static Authorization pending(AuthorizationId id, long version) {
    PolledRequest request =
        PolledRequest.ofDevice("tv", Scopes.of("read"), Instant.now().plusSeconds(300), "digest");
    return state(id, version, new Pending(request, PollClock.notYetPolled(Duration.ofSeconds(5))));
  }

  private static Authorization state(AuthorizationId id, long version, AuthorizationState state) {
    Instant now = Instant.now();
    return new Authorization(id, version, state,
        new Applied(new CommandId("A".repeat(22)), new LogPosition("topic", 0, version), new Answer.Done()), now,
        now.plusSeconds(600));
  }
}
