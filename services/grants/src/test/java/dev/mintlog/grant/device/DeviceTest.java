package dev.mintlog.grant.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.AuthorizationState.Refused;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.ApproveRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 8628. */
class DeviceTest {
  private static final Duration LIFETIME = Client.DevicePolicy.DEFAULT.lifetime();
  private static final Duration INTERVAL = Client.DevicePolicy.DEFAULT.pollingInterval();
  private static final Duration GRACE = Client.RefreshPolicy.DEFAULT.graceWindow();

  private static Play approved() {
    return Play.withDevice().then(delivery -> Given.approve(delivery, "alice"));
  }

  /** RFC 8628 §3.1 and §3.2. */
  @Nested
  class Birth {
    @Test
    void shouldTakeTheUserCodeThatWasFree() {
      Play play = Play.withDevice();
      assertThat(play.answer()).isEqualTo(new Answer.RequestCreated(OptionalInt.of(0), LIFETIME, INTERVAL));
      assertThat(((Pending) play.state()).request().userCodeDigest()).contains("digest-0");
      assertThat(((Pending) play.state()).request().scopes()).isEqualTo(Given.client().allowedScopes());
      assertThat(play.eventNames()).containsExactly("DeviceAuthorizationCreated");
    }

    @Test
    void shouldAskToTryAgainWhereNoUserCodeWasFree() {
      Play play = Play.under(Given.registration()).thenWithoutUserCode(Given::createDevice);
      assertThat(play.denied().error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldRefuseAScopeThatTheClientMayNotHave() {
      Play play = Play.under(Given.registration()).then(delivery -> Given.createDevice(delivery, "orders", "admin"));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    }

    @Test
    void shouldRefuseAClientThatMayNotUseDevices() {
      Play play = Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.AUTHORIZATION_CODE)))
          .then(Given::createDevice);
      assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
    }

    @Test
    void shouldRefuseAnAuthorizationThatExists() {
      Play play = Play.withDevice().then(Given::createDevice);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
      assertThat(play.changedNothing()).isTrue();
    }
  }

  /** RFC 8628 §3.5. */
  @Nested
  class Polling {
    @Test
    void shouldBePendingWhileTheUserHasNotDecided() {
      Play play = Play.withDevice().then(Given::poll);
      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.AUTHORIZATION_PENDING, INTERVAL));
      assertThat(play.eventNames()).as("an answer, not an audit event").isEmpty();
      assertThat(play.change().recorded()).as("the poll clock rests in the store only").isFalse();
      assertThat(play.change().grants()).isFalse();
    }

    @Test
    void shouldBeInTimeUpToASecondEarly() {
      Play play = Play.withDevice().then(Given::poll).after(INTERVAL.minusSeconds(1)).then(Given::poll);
      assertThat(play.pending().error()).isEqualTo(TokenError.AUTHORIZATION_PENDING);
    }

    /** "the interval MUST be increased by 5 seconds for this and all subsequent requests". */
    @Test
    void shouldSlowDownWhenTooSoonAndGrowTheInterval() {
      Play play = Play.withDevice().then(Given::poll).after(INTERVAL.minusSeconds(1).minusNanos(1)).then(Given::poll);
      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.SLOW_DOWN, Duration.ofSeconds(10)));
      play.after(Duration.ofSeconds(8)).then(Given::poll);
      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.SLOW_DOWN, Duration.ofSeconds(15)));
      play.after(Duration.ofSeconds(14)).then(Given::poll);
      assertThat(play.pending()).as("grown, and kept").isEqualTo(
          new Answer.Pending(TokenError.AUTHORIZATION_PENDING, Duration.ofSeconds(15)));
    }

    @Test
    void shouldSendNobodyFurtherAwayThanFiveMinutes() {
      Play play = Play.withDevice().then(Given::poll);
      for (int i = 0; i < 70; i++) {
        play.then(Given::poll);
      }
      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.SLOW_DOWN, Duration.ofMinutes(5)));
    }

    @Test
    void shouldGrantOnceApprovedHoweverSoonThePollIs() {
      Play play = Play.withDevice().then(Given::poll).then(delivery -> Given.approve(delivery, "alice")).then(Given::poll);
      assertThat(play.granted().terms().subject()).isEqualTo("alice");
      assertThat(play.granted().terms().refresh()).contains(1);
      assertThat(play.eventNames()).containsExactly("TokenIssued");
    }

    @Test
    void shouldDenyOnceRefusedHoweverSoonThePollIs() {
      Play play = Play.withDevice().then(Given::poll).then(Given::refuse).then(Given::poll);
      assertThat(play.denied().error()).isEqualTo(TokenError.ACCESS_DENIED);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldExpireExactlyAtTheEndWhateverTheUserDid() {
      assertThat(Play.withDevice().after(LIFETIME.minusNanos(1)).then(Given::poll).answer())
          .isInstanceOf(Answer.Pending.class);
      for (Play play : List.of(Play.withDevice(), approved(), Play.withDevice().then(Given::refuse))) {
        play.after(LIFETIME).then(Given::poll);
        assertThat(play.denied().error()).isEqualTo(TokenError.EXPIRED_TOKEN);
        assertThat(play.changedNothing()).isTrue();
      }
    }

    @Test
    void shouldStillHearThatItExpiredTenMinutesLater() {
      assertThat(Play.withDevice().authorization().keptUntil())
          .isEqualTo(Given.NOON.plus(LIFETIME).plus(Duration.ofMinutes(10)));
    }

    @Test
    void shouldRefuseAnotherClientWithoutMovingThePollClock() {
      Play play = Play.withDevice().then(delivery -> Given.byOtherClient(Given.poll(delivery)));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldRefuseADeviceCodeThatWasNeverGiven() {
      assertThat(Play.under(Given.registration()).then(Given::poll).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
      assertThat(Play.withCode("orders").then(Given::poll).denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      Play redeemed = Play.withHandle().then(Given::poll);
      assertThat(redeemed.changedNothing()).as("no device_code was ever redeemed").isTrue();
    }

    @Test
    void shouldRefuseWhenTheConsentWasRevokedSince() {
      Play play = approved().nowUnder(Given.revokedBefore(Given.client(), "alice", Given.NOON.plusSeconds(1)))
          .then(Given::poll);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    }
  }

  /** The answer to the poll that redeemed may be lost on its way. */
  @Nested
  class Grace {
    private final Play redeemed = approved().after(Duration.ofSeconds(20)).then(Given::poll);

    @Test
    void shouldGetTheSameAgainToTheLastMomentOfTheWindow() {
      redeemed.after(GRACE).then(Given::poll);
      assertThat(redeemed.granted().terms().refresh()).contains(1);
      assertThat(((Active) redeemed.state()).rotation().generation()).isEqualTo(1);
    }

    @Test
    void shouldRevokeAfterTheWindow() {
      redeemed.after(GRACE.plusNanos(1)).then(Given::poll);
      assertThat(redeemed.denied().revoked()).isTrue();
      assertThat(((Revoked) redeemed.state()).reason()).isEqualTo(RevocationReason.DEVICE_CODE_REUSED);
      assertThat(redeemed.eventNames()).containsExactly("TokenDenied", "AuthorizationRevoked");
    }

    @Test
    void shouldBeRefusedWithoutRevocationWhereTheHandleWasUsed() {
      redeemed.after(Duration.ofSeconds(5)).then(delivery -> Given.refresh(delivery, 1))
          .after(GRACE.minusSeconds(5)).then(Given::poll);
      assertThat(redeemed.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(redeemed.changedNothing()).isTrue();
      redeemed.after(Duration.ofNanos(1)).then(Given::poll);
      assertThat(redeemed.denied().revoked()).isTrue();
    }

    @Test
    void shouldHoldWithoutRefreshHandleToo() {
      Play play = Play.under(Given.registration()).then(delivery -> Given.createDevice(delivery, "orders"))
          .then(delivery -> Given.approve(delivery, "alice")).then(Given::poll).after(GRACE).then(Given::poll);
      assertThat(play.granted().terms().refresh()).isEmpty();
      assertThat(play.after(Duration.ofNanos(1)).then(Given::poll).denied().revoked()).isTrue();
    }

    @Test
    void shouldRefuseAnotherClientWithoutRevocation() {
      redeemed.after(GRACE.plusSeconds(1)).then(delivery -> Given.byOtherClient(Given.poll(delivery)));
      assertThat(redeemed.changedNothing()).isTrue();
    }
  }

  /** RFC 8628 §3.3; set once: the same again is 200, the opposite 409. */
  @Nested
  class Decision {
    @Test
    void shouldApprove() {
      Play play = approved();
      assertThat(play.answer()).isInstanceOf(Answer.Done.class);
      assertThat(((Approved) play.state()).consent().subject()).isEqualTo("alice");
      assertThat(play.eventNames()).containsExactly("DeviceAuthorizationApproved");
      assertThat(play.change().grants()).isTrue();
    }

    @Test
    void shouldRefuse() {
      Play play = Play.withDevice().then(Given::refuse);
      assertThat(play.state()).isInstanceOf(Refused.class);
      assertThat(play.eventNames()).containsExactly("DeviceAuthorizationRefused");
      assertThat(play.change().grants()).as("commits at any age").isFalse();
    }

    @Test
    void shouldAcceptTheSameAgainAndChangeNothing() {
      Play again = approved().then(delivery -> Given.approve(delivery, "alice"));
      assertThat(again.answer()).isInstanceOf(Answer.Done.class);
      assertThat(again.changedNothing()).isTrue();
      assertThat(again.eventNames()).isEmpty();
      Play refused = Play.withDevice().then(Given::refuse).then(Given::refuse);
      assertThat(refused.answer()).isInstanceOf(Answer.Done.class);
      assertThat(refused.changedNothing()).isTrue();
    }

    @Test
    void shouldAcceptTheSameAgainAfterTheDeviceHasItsTokens() {
      Play play = approved().then(Given::poll).then(delivery -> Given.approve(delivery, "alice"));
      assertThat(play.answer()).isInstanceOf(Answer.Done.class);
      assertThat(play.then(Given::refuse).denied().error()).isEqualTo(TokenError.ALREADY_DECIDED);
    }

    @Test
    void shouldRefuseTheOpposite() {
      assertThat(approved().then(Given::refuse).denied().error()).isEqualTo(TokenError.ALREADY_DECIDED);
      Play refused = Play.withDevice().then(Given::refuse).then(delivery -> Given.approve(delivery, "alice"));
      assertThat(refused.denied().error()).isEqualTo(TokenError.ALREADY_DECIDED);
      assertThat(refused.changedNothing()).isTrue();
    }

    @Test
    void shouldRefuseAnotherSubject() {
      assertThat(approved().then(delivery -> Given.approve(delivery, "bob")).denied().error())
          .isEqualTo(TokenError.ALREADY_DECIDED);
    }

    @Test
    void shouldRefuseWhatWasRevoked() {
      Play play = Play.withDevice().then(Given::revoke);
      assertThat(play.then(delivery -> Given.approve(delivery, "alice")).denied().error())
          .isEqualTo(TokenError.ALREADY_DECIDED);
      assertThat(play.then(Given::refuse).denied().error()).isEqualTo(TokenError.ALREADY_DECIDED);
    }

    @Test
    void shouldKnowNothingOfWhatIsNoDevice() {
      for (Play play : List.of(Play.under(Given.registration()), Play.withCode("orders"), Play.withHandle())) {
        assertThat(play.then(delivery -> Given.approve(delivery, "alice")).denied().error())
            .isEqualTo(TokenError.NOT_FOUND);
        assertThat(play.then(Given::refuse).denied().error()).isEqualTo(TokenError.NOT_FOUND);
      }
    }

    @Test
    void shouldComeTooLateExactlyAtTheEnd() {
      assertThat(Play.withDevice().after(LIFETIME.minusNanos(1))
          .then(delivery -> Given.approve(delivery, "alice")).answer()).isInstanceOf(Answer.Done.class);
      assertThat(Play.withDevice().after(LIFETIME).then(delivery -> Given.approve(delivery, "alice")).denied().error())
          .isEqualTo(TokenError.NOT_FOUND);
      assertThat(Play.withDevice().after(LIFETIME).then(Given::refuse).denied().error())
          .isEqualTo(TokenError.NOT_FOUND);
    }

    @Test
    void shouldApproveFewerScopesButNotMore() {
      Play fewer = Play.under(Given.registration()).then(delivery -> Given.createDevice(delivery, "orders", "stock"))
          .then(delivery -> approveFor(delivery, "orders")).then(Given::poll);
      assertThat(fewer.granted().terms().scopes()).isEqualTo(Scopes.of("orders"));
      Play more = Play.under(Given.registration()).then(delivery -> Given.createDevice(delivery, "orders"))
          .then(delivery -> approveFor(delivery, "orders", "stock"));
      assertThat(more.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
      assertThat(more.changedNothing()).isTrue();
    }
  }

  private static ApproveRequest approveFor(Delivery delivery, String... scopes) {
    return new ApproveRequest(delivery, Given.ID, HandleKind.DEVICE_CODE, Given.APP, "alice",
        Optional.of(Scopes.of(scopes)), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
  }
}
