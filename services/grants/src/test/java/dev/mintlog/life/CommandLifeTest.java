package dev.mintlog.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.ResponseKind;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.command.Command;
import dev.mintlog.event.AuditEvent;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.proof.Claimed;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.store.CommitResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** In which order the effects of one command happen. */
class CommandLifeTest {
  private static final Instant NOON = Given.NOON;
  private static final Instant PROMPTLY = NOON.plusMillis(200);
  private static final Instant LATE = NOON.plusMillis(1001);

  /** A redemption of a code that rests. */
  private final Play code = Play.withCode("openid", "offline_access", "orders");
  private final Command redeem = Given.redeem(Given.delivery(2, NOON));
  private final CommandLife life = new CommandLife(redeem, Given.registration());

  /** A refresh of generation 1. */
  private final Play handle = Play.withHandle();
  private final Command refresh = Given.refresh(Given.delivery(3, NOON), 1);
  private final CommandLife rotation = new CommandLife(refresh, Given.registration());

  @Test
  void shouldLoadCommitPublishConfirmReplyAndFinishInThisOrder() {
    assertThat(life.begin(NOON)).isEqualTo(new Step.Load(Given.ID));
    Step.Commit commit = (Step.Commit) life.loaded(Optional.of(code.authorization()));
    assertThat(commit.before()).isEqualTo(code.authorization().version());
    assertThat(commit.after().state()).isInstanceOf(Active.class);
    assertThat(commit.notAfter()).as("a grant has a deadline").contains(redeem.delivery().deadline());
    Step.Publish publish = (Step.Publish) life.committed(CommitResult.COMMITTED);
    assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenIssued");
    assertThat(publish.changelog()).contains(commit.after());
    assertThat(publish.consent()).isPresent();
    assertThat(publish.answer()).isInstanceOf(Answer.Granted.class);
    assertThat(life.published(PROMPTLY)).isEqualTo(new Step.Confirm(Given.ID));
    assertThat(life.confirmed(true)).isEqualTo(new Step.Reply(publish.answer()));
    assertThat(life.replied(PROMPTLY)).isEqualTo(new Step.Finish());
  }

  @Test
  void shouldPublishAndReplyADenialThatChangesNothing() {
    CommandLife denied = new CommandLife(Given.byOtherClient(Given.redeem(Given.delivery(2, NOON))),
        Given.registration(Given.client(Given.OTHER_APP)));
    denied.begin(NOON);
    Step.Publish publish = (Step.Publish) denied.loaded(Optional.of(code.authorization()));
    assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
    assertThat(publish.changelog()).isEmpty();
    assertThat(denied.published(LATE)).isEqualTo(new Step.Reply(publish.answer()));
    assertThat(denied.replied(LATE)).isEqualTo(new Step.Finish());
  }

  @Test
  void shouldCommitWhatTakesAwayAtAnyAge() {
    CommandLife revocation = new CommandLife(Given.revoke(Given.delivery(2, NOON)), Given.registration());
    revocation.begin(NOON);
    Step.Commit commit = (Step.Commit) revocation.loaded(Optional.of(code.authorization()));
    assertThat(commit.after().state()).isInstanceOf(Revoked.class);
    assertThat(commit.notAfter()).isEmpty();
  }

  @Nested
  class WithProofs {
    private final ProofClaim proof = new ProofClaim(ProofKind.CLIENT_ASSERTION, "digest", NOON, NOON.plusSeconds(300));
    private final Command grant = Given.redeem(Given.delivery(2, NOON).withClaims(List.of(proof)));
    private final CommandLife redemption = new CommandLife(grant, Given.registration());
    private final CommandLife machine = new CommandLife(
        Given.clientCredentials(Given.delivery(1, NOON).withClaims(List.of(proof))), Given.registration());

    @Test
    void shouldClaimWithTheLoad() {
      assertThat(redemption.begin(NOON)).isEqualTo(new Step.Load(Given.ID, List.of(proof)));
      assertThat(redemption.loaded(Optional.of(code.authorization()), new Claimed.Fresh()))
          .isInstanceOf(Step.Commit.class);
    }

    @Test
    void shouldClaimAgainAfterAConflict() {
      redemption.begin(NOON);
      redemption.loaded(Optional.of(code.authorization()), new Claimed.Fresh());
      assertThat(redemption.committed(CommitResult.CONFLICT)).isEqualTo(new Step.Load(Given.ID, List.of(proof)));
    }

    @Test
    void shouldChangeNothingWhereAProofIsSpent() {
      redemption.begin(NOON);
      Step.Publish publish =
          (Step.Publish) redemption.loaded(Optional.of(code.authorization()), new Claimed.Spent(proof.kind()));
      assertThat(publish.changelog()).isEmpty();
      assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.INVALID_CLIENT);
    }

    @Test
    void shouldGrantAgainWhatThisCommandWasGrantedWhateverBecameOfItsProof() {
      redemption.begin(NOON);
      Step.Commit commit =
          (Step.Commit) redemption.loaded(Optional.of(code.authorization()), new Claimed.Fresh());
      CommandLife again = new CommandLife(grant, Given.registration());
      again.begin(NOON);
      Step.Publish publish =
          (Step.Publish) again.loaded(Optional.of(commit.after()), new Claimed.Spent(proof.kind()));
      assertThat(publish.answer()).isEqualTo(commit.after().applied().answer());
    }

    @Test
    void shouldClaimWhereThereIsNoState() {
      assertThat(machine.begin(NOON)).isEqualTo(new Step.ClaimProofs(List.of(proof)));
      Step.Publish publish = (Step.Publish) machine.proofsClaimed(new Claimed.Fresh());
      assertThat(publish.answer()).isInstanceOf(Answer.Granted.class);
      assertThat(machine.published(LATE)).isEqualTo(new Step.Reply(publish.answer()));
    }

    @Test
    void shouldRefuseASpentProofWhereThereIsNoState() {
      machine.begin(NOON);
      Step.Publish publish = (Step.Publish) machine.proofsClaimed(new Claimed.Spent(ProofKind.DPOP));
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.INVALID_DPOP_PROOF);
    }

    @Test
    void shouldAskForAnotherProofWhereTheStoreForgot() {
      machine.begin(NOON);
      Step.Publish publish =
          (Step.Publish) machine.proofsClaimed(new Claimed.Forgotten(ProofKind.JWT_BEARER, NOON));
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void shouldSpendTheProofOfAQuestionOnceAndLeaveNoEvent() {
      CommandLife question = question();
      assertThat(question.begin(NOON)).isEqualTo(new Step.ClaimProofs(List.of(proof)));
      Step.Publish publish = (Step.Publish) question.proofsClaimed(new Claimed.Fresh());
      assertThat(publish.answer()).isEqualTo(new Answer.Done());
      assertThat(publish.events()).isEmpty();
      assertThat(publish.changelog()).isEmpty();

      CommandLife replayed = question();
      replayed.begin(NOON);
      Step.Publish refused = (Step.Publish) replayed.proofsClaimed(new Claimed.Spent(proof.kind()));
      assertThat(((Answer.Denied) refused.answer()).error()).isEqualTo(TokenError.INVALID_CLIENT);
      assertThat(refused.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
    }

    @Test
    void shouldAnswerNoQuestionWhereTheStoreForgot() {
      CommandLife question = question();
      question.begin(NOON);
      Step.Publish publish = (Step.Publish) question.proofsClaimed(new Claimed.Forgotten(proof.kind(), NOON));
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);

      CommandLife signed = new CommandLife(new Command.SignResponse(Given.delivery(4, NOON).withClaims(List.of(proof)),
          Given.TENANT.name(), Given.APP, ResponseKind.TOKEN_INTROSPECTION, Optional.empty(),
          new FurtherClaims("{\"active\":true}")), Given.registration());
      signed.begin(NOON);
      Step.Publish unsigned = (Step.Publish) signed.proofsClaimed(new Claimed.Forgotten(proof.kind(), NOON));
      assertThat(((Answer.Denied) unsigned.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    }

    private CommandLife question() {
      return new CommandLife(new Command.SpendProofs(
          Given.delivery(3, NOON).withClaims(List.of(proof)), Given.TENANT.name(), Given.APP), Given.registration());
    }

    @Test
    void shouldRestoreAnIncompletePrimaryAndClaimAgain() {
      machine.begin(NOON);
      assertThat(machine.proofsClaimed(new Claimed.Incomplete())).isEqualTo(new Step.Restore(0));
      assertThat(machine.restored()).isEqualTo(new Step.ClaimProofs(List.of(proof)));
    }
  }

  @Nested
  class WithoutState {
    private final Command request = Given.clientCredentials(Given.delivery(1, NOON));
    private final CommandLife machine = new CommandLife(request, Given.registration());

    @Test
    void shouldTouchNoStore() {
      Step.Publish publish = (Step.Publish) machine.begin(request.delivery().deadline());
      assertThat(publish.changelog()).isEmpty();
      assertThat(publish.consent()).isEmpty();
      assertThat(machine.published(LATE)).isEqualTo(new Step.Reply(publish.answer()));
      assertThat(publish.answer()).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void shouldBeRefusedAfterItsDeadlineByTheProcessorsClock() {
      Step.Publish publish = (Step.Publish) machine.begin(request.delivery().deadline().plusNanos(1));
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
      assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
    }
  }

  @Nested
  class Races {
    @Test
    void shouldLoadAndDecideAgainWhereAnotherOwnerWasHere() {
      life.begin(NOON);
      life.loaded(Optional.of(code.authorization()));
      assertThat(life.committed(CommitResult.CONFLICT)).isEqualTo(new Step.Load(Given.ID));
      Authorization theirs = code.deliver(redeem).authorization();
      Step.Publish publish = (Step.Publish) life.loaded(Optional.of(theirs));
      assertThat(publish.answer()).as("the same command's").isEqualTo(theirs.applied().answer());
      assertThat(publish.changelog()).contains(theirs);
      assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenIssued");
    }

    @Test
    void shouldFinishWithoutAnswerWhatWasAnsweredBeforeALaterCommand() {
      Authorization later = handle.then(delivery -> Given.refresh(delivery, 1)).authorization();
      life.begin(NOON);
      assertThat(life.loaded(Optional.of(later))).isEqualTo(new Step.Finish());
    }

    @Test
    void shouldDenyAndRecordAGrantThatCameTooLate() {
      life.begin(NOON);
      life.loaded(Optional.of(code.authorization()));
      Step.Publish publish = (Step.Publish) life.committed(CommitResult.LATE);
      assertThat(((Answer.Denied) publish.answer()).error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
      assertThat(publish.events()).extracting(AuditEvent::name).containsExactly("TokenDenied");
      assertThat(publish.changelog()).isEmpty();
      assertThat(publish.consent()).isEmpty();
      assertThat(life.published(LATE)).isEqualTo(new Step.Reply(publish.answer()));
    }
  }

  @Nested
  class LostStores {
    @Test
    void shouldRestoreAPrimaryThatIsNotCompleteAndLoadAgain() {
      life.begin(NOON);
      assertThat(life.incomplete()).isEqualTo(new Step.Restore(0));
      assertThat(life.restored()).isEqualTo(new Step.Load(Given.ID));
    }

    @Test
    void shouldRestoreAStateThatIsBehindTheHandle() {
      CommandLife ahead = new CommandLife(Given.refresh(Given.delivery(3, NOON), 2), Given.registration());
      ahead.begin(NOON);
      assertThat(ahead.loaded(Optional.of(handle.authorization()))).isEqualTo(new Step.Restore(0));
    }

    @Test
    void shouldWriteBackToAnotherPrimaryAndAskAgainBeforeTheReply() {
      life.begin(NOON);
      Step.Commit commit = (Step.Commit) life.loaded(Optional.of(code.authorization()));
      life.committed(CommitResult.COMMITTED);
      life.published(PROMPTLY);
      assertThat(life.confirmed(false)).isEqualTo(new Step.WriteBack(commit.after()));
      assertThat(life.writtenBack()).isEqualTo(new Step.Confirm(Given.ID));
      assertThat(life.confirmed(true)).isInstanceOf(Step.Reply.class);
    }

    /** The credential may be good: 503, not invalid_grant, and nobody else of the partition waits for it. */
    @Test
    void shouldAnswerThatItIsUnavailableWhereTheStateDoesNotSettle() {
      CommandLife ahead = new CommandLife(Given.refresh(Given.delivery(3, NOON), 2), Given.registration());
      ahead.begin(NOON);
      Step step = ahead.loaded(Optional.of(handle.authorization()));
      for (int i = 1; i < CommandLife.ATTEMPTS_MAX; i++) {
        assertThat(step).isInstanceOf(Step.Restore.class);
        ahead.restored();
        step = ahead.loaded(Optional.of(handle.authorization()));
      }
      step = ahead.loaded(Optional.of(handle.authorization()));
      assertThat(step).isInstanceOf(Step.Publish.class);
      assertThat(((Answer.Denied) ((Step.Publish) step).answer()).error())
          .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    }

    @Test
    void shouldNotReplyWhereNoPrimaryStays() {
      life.begin(NOON);
      life.loaded(Optional.of(code.authorization()));
      life.committed(CommitResult.COMMITTED);
      life.published(PROMPTLY);
      assertThatThrownBy(() -> {
        for (int i = 0; i <= CommandLife.ATTEMPTS_MAX; i++) {
          life.confirmed(false);
          life.writtenBack();
        }
      }).isInstanceOf(IllegalStateException.class);
    }
  }

  /** A rotation that is answered more than a second late first moves the start of its grace window. */
  @Nested
  class LateAnswers {
    @Test
    void shouldMoveTheWindowByACommitAndAChangelogEntryBeforeTheReply() {
      Authorization rotated = rotate();
      Step.Commit move = (Step.Commit) rotation.published(LATE);
      assertThat(move.before()).isEqualTo(rotated.version());
      assertThat(move.notAfter()).as("it grants nothing new").isEmpty();
      assertThat(((Active) move.after().state()).rotation().since()).isEqualTo(LATE);
      assertThat(((Active) move.after().state()).rotation().generation()).isEqualTo(2);
      assertThat(move.after().applied()).isEqualTo(rotated.applied());
      Step.Publish publish = (Step.Publish) rotation.committed(CommitResult.COMMITTED);
      assertThat(publish.events()).as("they are in the log already").isEmpty();
      assertThat(publish.changelog()).contains(move.after());
      assertThat(publish.consent()).isPresent();
      assertThat(rotation.published(LATE)).isEqualTo(new Step.Confirm(Given.ID));
      assertThat(rotation.confirmed(true)).isInstanceOf(Step.Reply.class);
      assertThat(rotation.replied(LATE)).isEqualTo(new Step.Finish());
    }

    @Test
    void shouldLeaveTheWindowOfAPromptAnswerAlone() {
      rotate();
      assertThat(rotation.published(NOON.plusSeconds(1))).isInstanceOf(Step.Confirm.class);
      rotation.confirmed(true);
      assertThat(rotation.replied(NOON.plusSeconds(1))).isEqualTo(new Step.Finish());
    }

    @Test
    void shouldLeaveAloneWhatHasNoGrace() {
      life.begin(NOON);
      life.loaded(Optional.of(code.authorization()));
      life.committed(CommitResult.COMMITTED);
      assertThat(life.published(LATE)).as("a code has none").isInstanceOf(Step.Confirm.class);
    }

    @Test
    void shouldMoveTheWindowOfADeviceCode() {
      Play device = Play.withDevice().then(delivery -> Given.approve(delivery, "alice"));
      CommandLife poll = new CommandLife(Given.poll(Given.delivery(3, NOON)), Given.registration());
      poll.begin(NOON);
      poll.loaded(Optional.of(device.authorization()));
      poll.committed(CommitResult.COMMITTED);
      assertThat(poll.published(LATE)).isInstanceOf(Step.Commit.class);
    }

    @Test
    void shouldMoveTheWindowAfterwardsWhereTheReplyTookItsTime() {
      rotate();
      rotation.published(PROMPTLY);
      rotation.confirmed(true);
      Step.Commit move = (Step.Commit) rotation.replied(NOON.plusSeconds(70));
      assertThat(((Active) move.after().state()).rotation().since()).isEqualTo(NOON.plusSeconds(70));
      assertThat(rotation.committed(CommitResult.COMMITTED)).isInstanceOf(Step.Publish.class);
      assertThat(rotation.published(NOON.plusSeconds(70))).isInstanceOf(Step.Confirm.class);
      assertThat(rotation.confirmed(true)).as("answered once").isEqualTo(new Step.Finish());
    }

    /** The primary may have been lost, and restored from a log that did not have this outcome yet. */
    @Test
    void shouldWriteBackTheRecordedStateAndLoadWhereMovingConflicts() {
      Authorization rotated = rotate();
      rotation.published(LATE);
      assertThat(rotation.committed(CommitResult.CONFLICT)).isEqualTo(new Step.WriteBack(rotated));
      assertThat(rotation.writtenBack()).isEqualTo(new Step.Load(Given.ID));
      Step.Publish again = (Step.Publish) rotation.loaded(Optional.of(rotated));
      assertThat(again.answer()).isEqualTo(rotated.applied().answer());
    }

    @Test
    void shouldAnswerItselfWhereALaterCommandWasFasterThanItsWindow() {
      Authorization rotated = rotate();
      rotation.published(LATE);
      rotation.committed(CommitResult.CONFLICT);
      rotation.writtenBack();
      Authorization later = handle.deliver(refresh).nowUnder(Given.registration())
          .then(delivery -> Given.refresh(Given.delivery(9, NOON), 2)).authorization();
      assertThat(rotation.loaded(Optional.of(later))).isEqualTo(new Step.Reply(rotated.applied().answer()));
      assertThat(rotation.replied(LATE)).isEqualTo(new Step.Finish());
    }

    @Test
    void shouldMoveTheWindowOfARedeliveredCommand() {
      Authorization rotated = handle.deliver(refresh).authorization();
      rotation.begin(NOON);
      assertThat(rotation.loaded(Optional.of(rotated))).isInstanceOf(Step.Publish.class);
      assertThat(rotation.published(NOON.plus(Duration.ofMinutes(5)))).isInstanceOf(Step.Commit.class);
    }

    private Authorization rotate() {
      rotation.begin(NOON);
      Step.Commit commit = (Step.Commit) rotation.loaded(Optional.of(handle.authorization()));
      rotation.committed(CommitResult.COMMITTED);
      return commit.after();
    }
  }

  /** The poll clock rests in the store only: lost it does no harm, restored late it would undo a decision. */
  @Nested
  class Polls {
    private final Play device = Play.withDevice();
    private final Command poll = Given.poll(Given.delivery(2, NOON));
    private final CommandLife polling = new CommandLife(poll, Given.registration());

    @Test
    void shouldLeaveNeitherEventNorChangelogAndNeverBeWrittenBack() {
      polling.begin(NOON);
      Step.Commit commit = (Step.Commit) polling.loaded(Optional.of(device.authorization()));
      assertThat(commit.notAfter()).isEmpty();
      assertThat(polling.committed(CommitResult.COMMITTED)).isEqualTo(
          new Step.Publish(commit.after().applied().answer(), Optional.empty(), List.of(), Optional.empty()));
      assertThat(polling.published(PROMPTLY)).isInstanceOf(Step.Reply.class);
      assertThat(polling.replied(PROMPTLY)).isEqualTo(new Step.Finish());
    }

    @Test
    void shouldLeaveNoneWhenDeliveredAgainEither() {
      Authorization polled = device.deliver(poll).authorization();
      polling.begin(NOON);
      Step.Publish publish = (Step.Publish) polling.loaded(Optional.of(polled));
      assertThat(publish.changelog()).isEmpty();
      assertThat(polling.published(PROMPTLY)).isInstanceOf(Step.Reply.class);
    }
  }

  @Test
  void shouldClaimAUserCodeForTheLifeOfTheDeviceBeforeAnythingElse() {
    CommandLife birth = new CommandLife(Given.createDevice(Given.delivery(1, NOON)), Given.registration());
    assertThat(birth.begin(NOON)).isEqualTo(new Step.ClaimUserCode(
        Given.ID, List.of("digest-0", "digest-1"), NOON.plus(Duration.ofMinutes(5))));
    assertThat(birth.claimed(OptionalInt.of(1))).isEqualTo(new Step.Load(Given.ID));
    Step.Commit commit = (Step.Commit) birth.loaded(Optional.empty());
    assertThat(commit.before()).isZero();
    assertThat(((Answer.RequestCreated) commit.after().applied().answer()).userCodeChosen()).hasValue(1);
  }
}
