package dev.mintlog.grant.ciba;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Approved;
import dev.mintlog.authorization.AuthorizationState.Pending;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** OpenID CIBA Core. */
class CibaTest {
  private static final Duration LIFETIME = CibaPolicy.DEFAULT.lifetime();
  private static final Duration INTERVAL = CibaPolicy.DEFAULT.pollingInterval();
  private static final Duration GRACE = Client.RefreshPolicy.DEFAULT.graceWindow();

  private static Play approved() {
    return Play.withBackchannel().then(delivery -> Given.approveBackchannel(delivery, "alice"));
  }

  /** §7. */
  @Nested
  class Birth {
    @Test
    void shouldWaitAsLongAsThePolicySays() {
      Play play = Play.withBackchannel();

      assertThat(play.answer()).isEqualTo(new Answer.RequestCreated(OptionalInt.empty(), LIFETIME, INTERVAL));
      assertThat(((Pending) play.state()).request().subject()).contains("alice");
      assertThat(play.eventNames()).containsExactly("BackchannelAuthenticationCreated");
      assertThat(play.change().grants()).isTrue();
    }

    @Test
    void shouldWaitForLessWhereTheClientWantsSo() {
      Play play = Play.under(Given.registration()).then(delivery ->
          Given.createBackchannel(delivery, Optional.of(Duration.ofSeconds(10)), "openid"));

      assertThat(((Answer.RequestCreated) play.answer()).expiresIn()).isEqualTo(Duration.ofSeconds(10));
      assertThat(play.after(Duration.ofSeconds(10)).then(Given::pollBackchannel).denied().error())
          .isEqualTo(TokenError.EXPIRED_TOKEN);
    }

    @Test
    void shouldNotWaitForLongerThanThePolicyAllows() {
      Play play = Play.under(Given.registration()).then(delivery ->
          Given.createBackchannel(delivery, Optional.of(LIFETIME.plusSeconds(1)), "openid"));

      assertThat(((Answer.RequestCreated) play.answer()).expiresIn()).isEqualTo(LIFETIME);
    }

    /** §7.1: the scope "MUST contain the openid scope value". */
    @Test
    void shouldRefuseARequestWithoutOpenid() {
      Play play = Play.under(Given.registration())
          .then(delivery -> Given.createBackchannel(delivery, Optional.empty(), "orders"));

      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldRefuseAScopeThatTheClientMayNotHave() {
      Play play = Play.under(Given.registration())
          .then(delivery -> Given.createBackchannel(delivery, Optional.empty(), "openid", "admin"));

      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    }

    @Test
    void shouldRefuseAClientThatMayNotUseIt() {
      Play play = Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.DEVICE_CODE)))
          .then(Given::createBackchannel);

      assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
    }

    @Test
    void shouldRefuseAnAuthorizationThatExists() {
      assertThat(Play.withBackchannel().then(Given::createBackchannel).denied().error())
          .isEqualTo(TokenError.INVALID_REQUEST);
    }
  }

  /** §11. */
  @Nested
  class Polling {
    @Test
    void shouldBePendingWhileTheUserHasNotDecided() {
      Play play = Play.withBackchannel().then(Given::pollBackchannel);

      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.AUTHORIZATION_PENDING, INTERVAL));
      assertThat(play.eventNames()).isEmpty();
    }

    @Test
    void shouldSlowDownAClientThatPollsTooFast() {
      Play play = Play.withBackchannel().then(Given::pollBackchannel).then(Given::pollBackchannel);

      assertThat(play.pending()).isEqualTo(new Answer.Pending(TokenError.SLOW_DOWN, INTERVAL.plusSeconds(5)));
    }

    @Test
    void shouldIssueTokensOnceTheUserApproved() {
      Play play = approved().then(Given::pollBackchannel);

      assertThat(play.granted().terms().subject()).isEqualTo("alice");
      assertThat(play.granted().terms().grantType()).isEqualTo(GrantType.CIBA);
      assertThat(play.granted().terms().idTokenLifetime()).isPresent();
      assertThat(((Active) play.state()).origin()).isEqualTo(HandleKind.AUTH_REQ_ID);
    }

    @Test
    void shouldGiveTheSameAgainWithinTheGraceWindow() {
      Play play = approved().then(Given::pollBackchannel).after(GRACE).then(Given::pollBackchannel);

      assertThat(play.granted().terms().refresh()).contains(1);
    }

    @Test
    void shouldRevokeWhenItIsPresentedAfterTheGraceWindow() {
      Play play = approved().then(Given::pollBackchannel).after(GRACE.plusMillis(1)).then(Given::pollBackchannel);

      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(((Revoked) play.state()).reason()).isEqualTo(RevocationReason.AUTH_REQ_ID_REUSED);
    }

    @Test
    void shouldDenyWhereTheUserRefused() {
      Play play = Play.withBackchannel().then(Given::refuseBackchannel);
      assertThat(play.eventNames()).containsExactly("BackchannelAuthenticationRefused");

      assertThat(play.then(Given::pollBackchannel).denied().error()).isEqualTo(TokenError.ACCESS_DENIED);
    }

    @Test
    void shouldSayThatItHasExpiredWhateverWasDecided() {
      assertThat(approved().after(LIFETIME).then(Given::pollBackchannel).denied().error())
          .isEqualTo(TokenError.EXPIRED_TOKEN);
      assertThat(Play.withBackchannel().then(Given::refuseBackchannel).after(LIFETIME).then(Given::pollBackchannel)
          .denied().error()).isEqualTo(TokenError.EXPIRED_TOKEN);
    }

    @Test
    void shouldNotBeRedeemedByAnotherKindOfHandle() {
      assertThat(approved().then(Given::poll).denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(Play.withDevice().then(delivery -> Given.approve(delivery, "alice")).then(Given::pollBackchannel)
          .denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldRefuseAnotherClient() {
      Play play = approved().nowUnder(Given.registration(Given.client(Given.OTHER_APP)))
          .then(delivery -> Given.byOtherClient(Given.pollBackchannel(delivery)));

      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
    }
  }

  /** What the user decided, §8. */
  @Nested
  class Decisions {
    @Test
    void shouldBeTheUsersWhoWasAsked() {
      Play play = Play.withBackchannel().then(delivery -> Given.approveBackchannel(delivery, "mallory"));

      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldBeSetOnce() {
      assertThat(approved().eventNames()).containsExactly("BackchannelAuthenticationApproved");
      assertThat(approved().state()).isInstanceOf(Approved.class);
      assertThat(approved().then(delivery -> Given.approveBackchannel(delivery, "alice")).answer())
          .isEqualTo(new Answer.Done());
      assertThat(approved().then(Given::refuseBackchannel).denied().error()).isEqualTo(TokenError.ALREADY_DECIDED);
    }

    @Test
    void shouldNotBeTakenForADevices() {
      assertThat(Play.withBackchannel().then(delivery -> Given.approve(delivery, "alice")).denied().error())
          .isEqualTo(TokenError.NOT_FOUND);
      assertThat(Play.withBackchannel().then(Given::refuse).denied().error()).isEqualTo(TokenError.NOT_FOUND);
    }

    @Test
    void shouldComeTooLateOnceItHasExpired() {
      assertThat(Play.withBackchannel().after(LIFETIME)
          .then(delivery -> Given.approveBackchannel(delivery, "alice")).denied().error())
          .isEqualTo(TokenError.NOT_FOUND);
    }

    @Test
    void shouldNameTheUserWhenItIsRevoked() {
      Play play = Play.withBackchannel().then(Given::revoke);

      assertThat(((Revoked) play.state()).subject()).contains("alice");
    }
  }
}
