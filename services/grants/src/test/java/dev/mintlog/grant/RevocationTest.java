package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Refused;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.command.Command.RevokeAuthorization;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 7009. */
class RevocationTest {

  @Test
  void shouldEndEverythingThatIsAlive() {
    List<Play> alive = List.of(Play.withCode("orders"), Play.withHandle(), Play.withDevice(),
        Play.withDevice().then(delivery -> Given.approve(delivery, "alice")));
    for (Play play : alive) {
      Instant keptUntil = play.authorization().keptUntil();
      play.then(Given::revoke);
      assertThat(play.answer()).isInstanceOf(Answer.Done.class);
      assertThat(((Revoked) play.state()).reason()).isEqualTo(RevocationReason.REQUESTED);
      assertThat(play.eventNames()).containsExactly("AuthorizationRevoked");
      assertThat(play.change().grants()).as("commits at any age").isFalse();
      assertThat(play.authorization().keptUntil())
          .as("the tombstone stays while a handle could still be presented").isEqualTo(keptUntil);
    }
  }

  @Test
  void shouldLeaveNoHandleWorthAnything() {
    assertThat(Play.withHandle().then(Given::revoke).then(delivery -> Given.refresh(delivery, 1)).denied().error())
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(Play.withCode("orders").then(Given::revoke).then(Given::redeem).denied().error())
        .isEqualTo(TokenError.INVALID_GRANT);
    assertThat(Play.withDevice().then(Given::revoke).then(Given::poll).denied().error())
        .isEqualTo(TokenError.INVALID_GRANT);
  }

  /** RFC 7009 §2.2: "invalid tokens do not cause an error response". */
  @Test
  void shouldAnswerWhereThereIsNothingToRevoke() {
    List<Play> nothing = List.of(Play.under(Given.registration()), Play.withHandle().then(Given::revoke),
        Play.withDevice().then(Given::refuse));
    for (Play play : nothing) {
      play.then(Given::revoke);
      assertThat(play.answer()).isInstanceOf(Answer.Done.class);
      assertThat(play.changedNothing()).isTrue();
      assertThat(play.eventNames()).isEmpty();
    }
    assertThat(nothing.get(2).state()).isInstanceOf(Refused.class);
  }

  @Test
  void shouldLeaveAnotherClientsAuthorizationAlone() {
    Play play = Play.withHandle()
        .then(delivery -> new RevokeAuthorization(delivery, Given.ID, Given.OTHER_APP));
    assertThat(play.answer()).isInstanceOf(Answer.Done.class);
    assertThat(play.changedNothing()).isTrue();
  }
}
