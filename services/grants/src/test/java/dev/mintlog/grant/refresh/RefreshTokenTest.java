package dev.mintlog.grant.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.grant.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 6749 §6 and RFC 9700 §4.14. */
class RefreshTokenTest {
  private static final Duration GRACE = Client.RefreshPolicy.DEFAULT.graceWindow();
  private static final Duration SLIDING = Client.RefreshPolicy.DEFAULT.slidingLifetime();
  private static final Duration ABSOLUTE = Client.RefreshPolicy.DEFAULT.absoluteLifetime();

  @Nested
  class TheCurrentHandle {
    @Test
    void shouldRotate() {
      Play play = Play.withHandle().after(Duration.ofHours(1)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.granted().terms().refresh()).contains(2);
      assertThat(play.granted().terms().issuedAt()).isEqualTo(play.now());
      assertThat(play.eventNames()).containsExactly("TokenIssued");
      assertThat(play.change().grants()).isTrue();
    }

    @Test
    void shouldGiveAnIdTokenAgainWithOpenid() {
      Play play = Play.withHandle().then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.granted().terms().idTokenLifetime()).isPresent();
    }

    @Test
    void shouldEndExactlyWithItsSlidingLife() {
      assertThat(Play.withHandle().after(SLIDING.minusNanos(1)).then(delivery -> Given.refresh(delivery, 1)).answer())
          .isInstanceOf(Answer.Granted.class);
      Play late = Play.withHandle().after(SLIDING).then(delivery -> Given.refresh(delivery, 1));
      assertThat(late.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(late.changedNothing()).isTrue();
    }

    @Test
    void shouldEndExactlyWithTheAuthorizationHoweverOftenItIsUsed() {
      Play play = Play.withHandle()
          .after(SLIDING.minusSeconds(1)).then(delivery -> Given.refresh(delivery, 1))
          .after(SLIDING.minusSeconds(1)).then(delivery -> Given.refresh(delivery, 2));
      Duration left = ABSOLUTE.minus(SLIDING.minusSeconds(1).multipliedBy(2));
      play.after(left.minusNanos(1)).then(delivery -> Given.refresh(delivery, 3));
      assertThat(play.granted().terms().refresh()).contains(4);
      play.after(Duration.ofNanos(1)).then(delivery -> Given.refresh(delivery, 4));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldBeKeptForAsLongAsItCouldBeUsed() {
      Play play = Play.withHandle().after(Duration.ofDays(10)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.authorization().keptUntil()).isEqualTo(play.now().plus(SLIDING));
      play.after(Duration.ofDays(14)).then(delivery -> Given.refresh(delivery, 2));
      assertThat(play.authorization().keptUntil()).isEqualTo(Given.NOON.plus(ABSOLUTE));
    }
  }

  @Nested
  class ThePreviousHandle {
    private final Play rotated = Play.withHandle().after(Duration.ofHours(1)).then(delivery -> Given.refresh(delivery, 1));

    @Test
    void shouldGetTheSameSuccessorWithinTheWindowToItsLastMoment() {
      rotated.after(GRACE).then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.granted().terms().refresh()).contains(2);
      assertThat(((Active) rotated.state()).rotation().generation()).isEqualTo(2);
      assertThat(rotated.eventNames()).containsExactly("TokenIssued");
    }

    @Test
    void shouldGetItAsOftenAsItAsksForIt() {
      rotated.then(delivery -> Given.refresh(delivery, 1)).after(Duration.ofSeconds(30))
          .then(delivery -> Given.refresh(delivery, 1)).after(Duration.ofSeconds(30))
          .then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.granted().terms().refresh()).contains(2);
      rotated.after(Duration.ofNanos(1)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.denied().revoked()).as("asking does not lengthen the window").isTrue();
    }

    /** RFC 9700 §4.14.2. */
    @Test
    void shouldRevokeAfterTheWindow() {
      rotated.after(GRACE.plusNanos(1)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(rotated.denied().revoked()).isTrue();
      assertThat(((Revoked) rotated.state()).reason()).isEqualTo(RevocationReason.REFRESH_TOKEN_REUSED);
      assertThat(rotated.eventNames()).containsExactly("TokenDenied", "AuthorizationRevoked");
      assertThat(rotated.change().grants()).isFalse();
      assertThat(rotated.then(delivery -> Given.refresh(delivery, 2)).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldBeRefusedWithoutRevocationWhereTheSuccessorWasUsed() {
      rotated.after(Duration.ofSeconds(10)).then(delivery -> Given.refresh(delivery, 2))
          .after(GRACE.minusSeconds(10)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(rotated.changedNothing()).isTrue();
      assertThat(rotated.then(delivery -> Given.refresh(delivery, 3)).answer()).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void shouldRevokeWhereTheSuccessorWasUsedAndItsWindowIsOver() {
      rotated.after(Duration.ofSeconds(10)).then(delivery -> Given.refresh(delivery, 2))
          .after(GRACE.minusSeconds(10).plusNanos(1)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(rotated.denied().revoked()).isTrue();
    }

    @Test
    void shouldNotOutliveTheAuthorization() {
      Play play = Play.withHandle()
          .after(SLIDING.minusSeconds(1)).then(delivery -> Given.refresh(delivery, 1))
          .after(SLIDING.minusSeconds(1)).then(delivery -> Given.refresh(delivery, 2))
          .after(Duration.ofSeconds(1)).then(delivery -> Given.refresh(delivery, 3));
      assertThat(play.granted().terms().refresh()).contains(4);
      play.after(Duration.ofSeconds(1)).then(delivery -> Given.refresh(delivery, 3));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
    }
  }

  @Nested
  class AHandleThatDoesNotRotate {
    private final Registration reusing = Given.registration(
        Given.withRefresh(Given.client(), Client.RefreshPolicy.DEFAULT.withoutRotation()));

    private Play withHandle() {
      return Play.withHandle().nowUnder(reusing);
    }

    @Test
    void shouldBeGivenAgainAsOftenAsItIsPresented() {
      Play play = withHandle();
      for (int i = 0; i < 3; i++) {
        play.after(Duration.ofHours(1)).then(delivery -> Given.refresh(delivery, 1));
        assertThat(play.granted().terms().refresh()).contains(1);
        assertThat(play.granted().terms().issuedAt()).isEqualTo(play.now());
        assertThat(play.eventNames()).containsExactly("TokenIssued");
      }
    }

    @Test
    void shouldLiveOnWithEachUseToTheEndOfTheAuthorization() {
      Play play = withHandle()
          .after(SLIDING.minusNanos(1)).then(delivery -> Given.refresh(delivery, 1))
          .after(SLIDING.minusNanos(1)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.granted().terms().refresh()).contains(1);
      play.after(Duration.ofNanos(2)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldEndExactlyWithItsSlidingLifeCountedFromItsLastUse() {
      Play play = withHandle().after(Duration.ofDays(3)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.authorization().keptUntil()).isEqualTo(play.now().plus(SLIDING));
      assertThat(play.after(SLIDING).then(delivery -> Given.refresh(delivery, 1)).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldAnswerARedeliveredCommandTheSameAgain() {
      Play play = withHandle().then(delivery -> Given.refresh(delivery, 1));
      Answer first = play.answer();
      assertThat(play.deliver(play.command()).answer()).isEqualTo(first);
    }

    @Test
    void shouldEndWithARevocation() {
      Play play = withHandle().then(delivery -> Given.refresh(delivery, 1)).then(Given::revoke);
      assertThat(play.then(delivery -> Given.refresh(delivery, 1)).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
    }

    /** What was superseded while the client's handles rotated stays so. */
    @Test
    void shouldNotBringBackOnesThatWereSupersededBefore() {
      Play play = Play.withHandle().then(delivery -> Given.refresh(delivery, 1)).nowUnder(reusing)
          .after(Duration.ofSeconds(10)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.granted().terms().refresh()).as("its successor is unused").contains(2);
      play.then(delivery -> Given.refresh(delivery, 2)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.denied().revoked()).as("its successor is used, its window is open").isFalse();
      play.after(GRACE).then(delivery -> Given.refresh(delivery, 2)).then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.denied().revoked()).as("no use of the successor has moved the window").isTrue();
    }

    @Test
    void shouldRotateOnceItsClientDoes() {
      Play play = withHandle().then(delivery -> Given.refresh(delivery, 1)).nowUnder(Given.registration())
          .then(delivery -> Given.refresh(delivery, 1));
      assertThat(play.granted().terms().refresh()).contains(2);
    }

    /** The device has its tokens: who presents its code again is somebody else. */
    @Test
    void shouldTellThatADeviceHasWhatItAskedFor() {
      Play play = Play.withDevice().then(delivery -> Given.approve(delivery, "alice"))
          .nowUnder(reusing).after(Duration.ofSeconds(10)).then(Given::poll);
      assertThat(play.granted().terms().refresh()).contains(1);
      play.then(delivery -> Given.refresh(delivery, 1)).then(Given::poll);
      assertThat(play.denied().revoked()).isFalse();
      assertThat(play.after(GRACE.plusNanos(1)).then(Given::poll).denied().revoked()).isTrue();
    }
  }

  /** No mark per rotation is kept: what is older than the previous one is judged by the previous one's window. */
  @Test
  void shouldRefuseAnOlderHandleAndRevokeOnceThePreviousWindowIsOver() {
    Play play = Play.withHandle().then(delivery -> Given.refresh(delivery, 1))
        .then(delivery -> Given.refresh(delivery, 2)).then(delivery -> Given.refresh(delivery, 3));
    assertThat(play.after(GRACE).then(delivery -> Given.refresh(delivery, 1)).changedNothing()).isTrue();
    assertThat(play.after(Duration.ofNanos(1)).then(delivery -> Given.refresh(delivery, 1)).denied().revoked())
        .isTrue();
  }

  @Test
  void shouldNotJudgeAStateThatIsBehindTheHandle() {
    Play play = Play.withHandle().then(delivery -> Given.refresh(delivery, 2));
    assertThat(play.decision()).isInstanceOf(Decision.StateBehind.class);
    assertThat(Play.withCode("orders", "offline_access").then(delivery -> Given.refresh(delivery, 1)).decision())
        .isInstanceOf(Decision.StateBehind.class);
    assertThat(Play.withDevice().then(delivery -> Given.refresh(delivery, 1)).decision())
        .isInstanceOf(Decision.StateBehind.class);
    assertThat(Play.withDevice().then(delivery -> Given.approve(delivery, "alice"))
        .then(delivery -> Given.refresh(delivery, 1)).decision()).isInstanceOf(Decision.StateBehind.class);
  }

  @Test
  void shouldRefuseAHandleWithoutAuthorization() {
    Play play = Play.under(Given.registration()).then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
  }

  /** RFC 6749 §6: bound to the client to which it was issued. */
  @Test
  void shouldRefuseAnotherClientWithoutRevocationEvenOfAReusedHandle() {
    Play play = Play.withHandle().then(delivery -> Given.refresh(delivery, 1)).after(GRACE.plusSeconds(1))
        .then(delivery -> Given.byOtherClient(Given.refresh(delivery, 1)));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldNarrowTheScopeForThisTokenOnly() {
    Play play = Play.withHandle().then(delivery -> Given.withScope(Given.refresh(delivery, 1), "orders"));
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders"));
    assertThat(play.granted().terms().idTokenLifetime()).isEmpty();
    assertThat(play.granted().terms().refresh()).contains(2);
    play.then(delivery -> Given.refresh(delivery, 2));
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("openid", "offline_access", "orders"));
  }

  /** RFC 6749 §6: "MUST NOT include any scope not originally granted by the resource owner". */
  @Test
  void shouldRefuseAScopeThatWasNotConsentedToAndNotSpendTheHandle() {
    Play play = Play.withHandle().then(delivery -> Given.withScope(Given.refresh(delivery, 1), "orders", "stock"));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.then(delivery -> Given.refresh(delivery, 1)).granted().terms().refresh()).contains(2);
  }

  @Test
  void shouldRefuseAConsentThatWasRevokedSince() {
    Play play = Play.withHandle().nowUnder(Given.revokedBefore(Given.client(), "alice", Given.NOON.plusSeconds(1)))
        .then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseAClientThatMayNoLongerHaveOfflineAccess() {
    Play play = Play.withHandle().nowUnder(Given.registration(Given.withScopes(Given.client(), "openid", "orders")))
        .then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseADisabledClientButStillRevokeForIt() {
    Play play = Play.withHandle().nowUnder(Given.registration(Given.disabled(Given.client())))
        .then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_CLIENT);
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.then(Given::revoke).state()).isInstanceOf(Revoked.class);
  }

  @Test
  void shouldKnowNoGenerationBelowTheFirst() {
    assertThatThrownBy(() -> new Grant.RefreshToken(Given.ID, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
