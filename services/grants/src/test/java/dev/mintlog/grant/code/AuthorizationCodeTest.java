package dev.mintlog.grant.code;

import static dev.mintlog.fixture.Given.OTHER_CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.authorization.RevocationReason;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.CreateAuthorization;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.1 with RFC 7636. */
class AuthorizationCodeTest {
  private static final Duration CODE_LIFETIME = Client.TokenPolicy.DEFAULT.codeLifetime();

  @Nested
  class Birth {
    @Test
    void shouldGiveACodeForWhatTheClientMayHave() {
      Play play = Play.withCode("openid", "orders");
      assertThat(play.answer()).isEqualTo(new Answer.CodeCreated(CODE_LIFETIME));
      assertThat(((CodeIssued) play.state()).consent().scopes()).isEqualTo(Scopes.of("openid", "orders"));
      assertThat(play.eventNames()).containsExactly("AuthorizationCreated");
      assertThat(play.change().grants()).isTrue();
      assertThat(play.change().recorded()).isTrue();
    }

    @Test
    void shouldMeanAllThatTheClientMayHaveWhereNoScopeIsNamed() {
      Play play = Play.withCode();
      assertThat(((CodeIssued) play.state()).consent().scopes()).isEqualTo(Given.client().allowedScopes());
    }

    @Test
    void shouldRefuseAScopeThatTheClientMayNotHave() {
      Play play = Play.under(Given.registration(Given.withScopes(Given.client(), "orders")))
          .then(delivery -> Given.createAuthorization(delivery, Given.consent("orders", "stock")));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
      assertThat(play.denied().description()).contains("stock").doesNotContain("orders");
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldRefuseAClientThatMayNotUseCodes() {
      Play play = Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.CLIENT_CREDENTIALS)))
          .then(delivery -> Given.createAuthorization(delivery, Given.consent("orders")));
      assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
    }

    @Test
    void shouldRefuseADisabledClient() {
      Play play = Play.under(Given.registration(Given.disabled(Given.client())))
          .then(delivery -> Given.createAuthorization(delivery, Given.consent("orders")));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_CLIENT);
    }

    /** RFC 6749 §3.1.2.3. */
    @Test
    void shouldRefuseARedirectUriThatIsNotRegistered() {
      Play play = Play.under(Given.registration()).then(delivery -> new CreateAuthorization(delivery, Given.ID,
          Given.consent("orders"), Optional.of(Given.REDIRECT + "/"), Optional.of(Given.CHALLENGE)));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    }

    @Test
    void shouldRefuseNoRedirectUriWhereTheClientHasSeveral() {
      Client several = Given.withRedirects(Given.client(), "https://a.example.org", "https://b.example.org");
      Play play = Play.under(Given.registration(several)).then(delivery -> new CreateAuthorization(delivery, Given.ID,
          Given.consent("orders"), Optional.empty(), Optional.of(Given.CHALLENGE)));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    }

    /** RFC 9700 §2.1.1. */
    @Test
    void shouldRefuseNoChallengeWhereTheClientMustUsePkce() {
      Play play = Play.under(Given.registration()).then(AuthorizationCodeTest::withoutChallenge);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    }

    @Test
    void shouldRefuseAnAuthorizationThatExists() {
      Play play = Play.withCode("orders");
      play.then(delivery -> Given.createAuthorization(delivery, Given.consent("stock")));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
      assertThat(play.changedNothing()).isTrue();
    }
  }

  @Nested
  class Redemption {
    @Test
    void shouldGrantWhatWasConsentedTo() {
      Play play = Play.withCode("openid", "orders").then(Given::redeem);
      assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("openid", "orders"));
      assertThat(play.granted().terms().subject()).isEqualTo("alice");
      assertThat(play.state()).isInstanceOf(Active.class);
      assertThat(play.eventNames()).containsExactly("TokenIssued");
    }

    @Test
    void shouldGiveARefreshHandleWithOfflineAccessOnly() {
      assertThat(Play.withCode("orders", "offline_access").then(Given::redeem).granted().terms().refresh())
          .contains(1);
      assertThat(Play.withCode("orders").then(Given::redeem).granted().terms().refresh()).isEmpty();
    }

    @Test
    void shouldGiveNoRefreshHandleToAClientThatMayNotUseIt() {
      Client client = Given.withGrants(Given.client(), GrantType.AUTHORIZATION_CODE);
      Play play = Play.under(Given.registration(client))
          .then(delivery -> Given.createAuthorization(delivery, Given.consent("orders", "offline_access")))
          .then(Given::redeem);
      assertThat(play.granted().terms().refresh()).isEmpty();
    }

    /** OpenID Connect Core §3.1.3.3. */
    @Test
    void shouldGiveAnIdTokenWithOpenidOnly() {
      assertThat(Play.withCode("openid").then(Given::redeem).granted().terms().idTokenLifetime()).isPresent();
      assertThat(Play.withCode("orders").then(Given::redeem).granted().terms().idTokenLifetime()).isEmpty();
    }

    @Test
    void shouldRefuseACodeThatWasNeverGiven() {
      Play play = Play.under(Given.registration()).then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.eventNames()).containsExactly("TokenDenied");
    }

    /** RFC 6749 §4.1.2: "The authorization code MUST expire shortly after it is issued". */
    @Test
    void shouldExpireExactlyAtTheEndOfItsLife() {
      assertThat(Play.withCode("orders").after(CODE_LIFETIME.minusNanos(1)).then(Given::redeem).answer())
          .isInstanceOf(Answer.Granted.class);
      Play late = Play.withCode("orders").after(CODE_LIFETIME).then(Given::redeem);
      assertThat(late.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(late.changedNothing()).isTrue();
    }

    /** RFC 6749 §5.2: "was issued to another client"; who is not its client neither burns nor revokes. */
    @Test
    void shouldRefuseAnotherClientAndLeaveTheCodeAlone() {
      Play play = Play.withCode("orders")
          .then(delivery -> Given.byOtherClient(Given.redeemWith(delivery, OTHER_CHALLENGE)));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.denied().revoked()).isFalse();
      assertThat(play.then(Given::redeem).answer()).isInstanceOf(Answer.Granted.class);
      play.then(delivery -> Given.byOtherClient(Given.redeem(delivery)));
      assertThat(play.changedNothing()).isTrue();
      assertThat(play.state()).isInstanceOf(Active.class);
    }

    /** RFC 6749 §4.1.3. */
    @Test
    void shouldRefuseAnotherRedirectUriAndNone() {
      for (Optional<String> found : java.util.List.of(Optional.of("https://evil.example.org"), Optional.<String>empty())) {
        Play play = Play.withCode("orders").then(delivery -> Given.request(delivery,
            new Grant.AuthorizationCode(Given.ID, found, Optional.of(Given.CHALLENGE))));
        assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
        assertThat(play.changedNothing()).isTrue();
      }
    }

    @Test
    void shouldAcceptNoRedirectUriWhereTheAuthorizationRequestHadNone() {
      Play play = Play.under(Given.registration())
          .then(delivery -> new CreateAuthorization(delivery, Given.ID, Given.consent("orders"), Optional.empty(),
              Optional.of(Given.CHALLENGE)))
          .then(delivery -> Given.request(delivery,
              new Grant.AuthorizationCode(Given.ID, Optional.empty(), Optional.of(Given.CHALLENGE))));
      assertThat(play.answer()).isInstanceOf(Answer.Granted.class);
    }

    /** RFC 6749 §4.1.2: used more than once MUST be denied and SHOULD revoke. A code has no grace. */
    @Test
    void shouldRevokeAtTheSecondPresentationHoweverSoon() {
      Play play = Play.withHandle().then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.denied().revoked()).isTrue();
      assertThat(((Revoked) play.state()).reason()).isEqualTo(RevocationReason.CODE_REUSED);
      assertThat(play.eventNames()).containsExactly("TokenDenied", "AuthorizationRevoked");
      assertThat(play.change().grants()).as("a revocation commits at any age").isFalse();
      assertThat(play.then(delivery -> Given.refresh(delivery, 1)).denied().error())
          .isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldRefuseAClientThatMayNotUseCodes() {
      Play play = Play.withCode("orders")
          .nowUnder(Given.registration(Given.withGrants(Given.client(), GrantType.REFRESH_TOKEN))).then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
    }

    @Test
    void shouldRefuseWhenTheConsentWasRevokedSince() {
      Play before = Play.withCode("orders");
      Play play = before.nowUnder(Given.revokedBefore(Given.client(), "alice", Given.NOON.plusMillis(1)))
          .then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(before.nowUnder(Given.revokedBefore(Given.client(), "alice", Given.NOON)).then(Given::redeem).answer())
          .as("born at that very time, not before").isInstanceOf(Answer.Granted.class);
    }

    @Test
    void shouldRefuseWhenTheClientMayNoLongerHaveAScope() {
      Play play = Play.withCode("orders", "stock")
          .nowUnder(Given.registration(Given.withScopes(Given.client(), "orders"))).then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    }

    @Test
    void shouldNotRedeemADeviceCodeAsACode() {
      Play play = Play.withDevice().then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
      play.then(delivery -> Given.approve(delivery, "alice")).then(Given::poll).then(Given::redeem);
      assertThat(play.changedNothing()).as("a code that never was cannot be reused").isTrue();
    }
  }

  /** RFC 7636 §4.6. */
  @Nested
  class ProofKey {
    @Test
    void shouldBurnTheCodeAtAWrongVerifier() {
      Play play = Play.withCode("orders").then(delivery -> Given.redeemWith(delivery, OTHER_CHALLENGE));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.denied().revoked()).isTrue();
      assertThat(((Revoked) play.state()).reason()).isEqualTo(RevocationReason.WRONG_CODE_VERIFIER);
      assertThat(play.eventNames()).containsExactly("TokenDenied", "AuthorizationRevoked");
      assertThat(play.change().grants()).isFalse();
      assertThat(play.then(Given::redeem).denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldRefuseNoVerifierAndLeaveTheCodeAlone() {
      Play play = Play.withCode("orders").then(delivery -> Given.request(delivery,
          new Grant.AuthorizationCode(Given.ID, Optional.of(Given.REDIRECT), Optional.empty())));
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
      assertThat(play.then(Given::redeem).answer()).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void shouldNotBurnAnExpiredCode() {
      Play play = Play.withCode("orders").after(CODE_LIFETIME)
          .then(delivery -> Given.redeemWith(delivery, OTHER_CHALLENGE));
      assertThat(play.changedNothing()).isTrue();
    }

    /** RFC 9700 §2.1.1, against downgrade. */
    @Test
    void shouldRefuseAVerifierWhereThereWasNoChallenge() {
      Play play = Play.under(Given.registration(Given.withoutPkce(Given.client())))
          .then(AuthorizationCodeTest::withoutChallenge).then(Given::redeem);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
      assertThat(play.changedNothing()).isTrue();
    }

    @Test
    void shouldDoWithoutWhereTheClientNeedNotUseIt() {
      Play play = Play.under(Given.registration(Given.withoutPkce(Given.client())))
          .then(AuthorizationCodeTest::withoutChallenge).then(AuthorizationCodeTest::withoutVerifier);
      assertThat(play.answer()).isInstanceOf(Answer.Granted.class);
    }

    @Test
    void shouldRefuseACodeWithoutChallengeWhereTheClientMustUseItByNow() {
      Play play = Play.under(Given.registration(Given.withoutPkce(Given.client())))
          .then(AuthorizationCodeTest::withoutChallenge)
          .nowUnder(Given.registration()).then(AuthorizationCodeTest::withoutVerifier);
      assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    }

    @Test
    void shouldCompareWholeChallenges() {
      CodeChallenge fits = Given.CHALLENGE;
      CodeChallenge nearly = new CodeChallenge(fits.value().substring(0, 42) + "A");
      assertThat(Pkce.compare(Optional.of(fits), Optional.of(fits), true)).isEqualTo(Pkce.FITS);
      assertThat(Pkce.compare(Optional.of(fits), Optional.of(nearly), true)).isEqualTo(Pkce.WRONG);
    }
  }

  private static CreateAuthorization withoutChallenge(Delivery delivery) {
    return new CreateAuthorization(delivery, Given.ID, Given.consent("orders"), Optional.of(Given.REDIRECT),
        Optional.empty());
  }

  private static TokenRequest withoutVerifier(Delivery delivery) {
    return Given.request(delivery,
        new Grant.AuthorizationCode(Given.ID, Optional.of(Given.REDIRECT), Optional.empty()));
  }
}
