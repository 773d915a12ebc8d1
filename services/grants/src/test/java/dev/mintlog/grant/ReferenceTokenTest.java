package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AccessTokenClaims;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.authorization.ReferenceTokens;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.Client;
import dev.mintlog.client.Confirmation;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import dev.mintlog.token.TokenIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Access tokens that are handles: what each was granted rests with its authorization, and never without bound. */
class ReferenceTokenTest {
  private static final Registration REFERENCE = Given.registration(
      Given.client().withAccess(AccessPolicy.DEFAULT.withTokenType(AccessTokenType.REFERENCE)));

  private static ReferenceTokens references(Play play) {
    return ((Active) play.state()).references();
  }

  private static TokenRequest clientCredentials(Delivery delivery, Optional<AuthorizationId> id) {
    return new TokenRequest(delivery, "default", Given.APP, new Grant.ClientCredentials(), Optional.empty(), List.of(),
        id);
  }

  @Test
  void shouldKeepWhatACodeAndItsRefreshHandlesWereGranted() {
    Play play = Play.withCode("orders", "openid", "offline_access").nowUnder(REFERENCE).then(Given::redeem);
    GrantTerms first = play.granted().terms();
    play.then(delivery -> Given.refresh(delivery, 1));
    GrantTerms second = play.granted().terms();

    assertThat(first.reference()).contains(1);
    assertThat(second.reference()).contains(2);
    assertThat(references(play).find(1, play.now())).contains(first);
    assertThat(references(play).find(2, play.now())).contains(second);
    assertThat(play.eventNames()).containsExactly("TokenIssued");
  }

  @Test
  void shouldKeepThoseThatLiveWhereARefreshHandleIsGivenAgain() {
    Registration reusing = Given.registration(
        Given.withRefresh(Given.client(), Client.RefreshPolicy.DEFAULT.withoutRotation())
            .withAccess(AccessPolicy.DEFAULT.withTokenType(AccessTokenType.REFERENCE)));
    Play play = Play.withCode("orders", "offline_access").nowUnder(reusing).then(Given::redeem);
    GrantTerms first = play.granted().terms();

    play.then(delivery -> Given.refresh(delivery, 1)).then(delivery -> Given.refresh(delivery, 1));

    assertThat(references(play).find(1, play.now())).contains(first);
    assertThat(references(play).find(2, play.now())).isPresent();
    assertThat(references(play).find(3, play.now())).contains(play.granted().terms());
  }

  @Test
  void shouldCarryTheKeyThatTheSenderProvedToHave() {
    Optional<Confirmation> key = Optional.of(new Confirmation(Confirmation.Method.JKT, "k".repeat(43)));
    Play play = Play.withCode("orders").nowUnder(REFERENCE)
        .then(delivery -> Given.redeem(delivery.withConfirmation(key)));
    Active active = (Active) play.state();

    assertThat(AccessTokenClaims.of(Given.APP, references(play).find(1, play.now()).orElseThrow(),
        Optional.of(active.consent()))).containsEntry("cnf", Map.of("jkt", "k".repeat(43)));
  }

  @Test
  void shouldAnswerTheSameWhenDeliveredAgain() {
    Play play = Play.withCode("orders").nowUnder(REFERENCE).then(Given::redeem);
    GrantTerms granted = play.granted().terms();

    assertThat(play.deliver(play.command()).granted().terms()).isEqualTo(granted);
  }

  @Test
  void shouldSignNoAccessTokenAndHashNone() {
    Play play = Play.withCode("orders", "openid").nowUnder(REFERENCE).then(Given::redeem);
    Active active = (Active) play.state();

    var issued = new TokenIssuer(claims -> claims.claims().keySet().toString())
        .issue(Given.APP, play.granted().terms(), Optional.of(active.consent()));

    assertThat(issued.accessToken()).isEmpty();
    assertThat(issued.idToken().orElseThrow()).contains("sub").doesNotContain("at_hash");
  }

  @Test
  void shouldGiveAnAuthorizationToAGrantThatHasNone() {
    Play play = Play.under(REFERENCE).then(delivery -> clientCredentials(delivery, Optional.of(Given.ID)));

    Active active = (Active) play.state();
    assertThat(active.origin()).isEqualTo(HandleKind.ACCESS_TOKEN);
    assertThat(active.references().issued()).containsExactly(play.granted().terms());
    assertThat(play.granted().terms().jti()).startsWith(Given.ID.value() + ".");
    assertThat(play.authorization().keptUntil()).isEqualTo(play.granted().terms().accessTokenExpiresAt());
    assertThat(play.change().grants()).isTrue();
    assertThat(play.then(Given::revoke).eventNames()).containsExactly("AuthorizationRevoked");
  }

  /** What an API made for Entra ID reads of a handle is what it reads of a JWT. */
  @Test
  void shouldTellAClientsOwnFromAUsers() {
    Play own = Play.under(REFERENCE).then(delivery ->
        Given.inEntraStyle(clientCredentials(delivery, Optional.of(Given.ID)), "orders"));
    Play users = Play.withCode("orders").nowUnder(REFERENCE)
        .then(delivery -> Given.inEntraStyle(Given.redeem(delivery), "orders"));

    assertThat(own.state().consentOfUser()).isEmpty();
    assertThat(claims(own)).containsEntry("roles", List.of("orders")).doesNotContainKey("scp");
    assertThat(users.state().consentOfUser()).isEqualTo(users.state().consentGiven()).isPresent();
    assertThat(claims(users)).containsEntry("scp", "orders").doesNotContainKeys("roles", "idtyp");
  }

  private static Map<String, Object> claims(Play play) {
    return AccessTokenClaims.of(Given.APP, play.granted().terms(), play.state().consentOfUser());
  }

  @Test
  void shouldRefuseForNowWhereTheClientsTokensAreNotWhatTheEdgeTookThemFor() {
    assertThat(Play.under(REFERENCE).then(delivery -> clientCredentials(delivery, Optional.empty())).denied().error())
        .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    assertThat(Play.under(Given.registration())
        .then(delivery -> clientCredentials(delivery, Optional.of(Given.ID))).denied().error())
        .isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
  }

  @Test
  void shouldLetTheOldestEndWhereThereWouldBeMoreThanAState() {
    Play play = Play.withHandle().nowUnder(REFERENCE);
    for (int generation = 1; generation <= ReferenceTokens.LIVING_MAX; generation++) {
      int presented = generation;
      play.then(delivery -> Given.refresh(delivery, presented));
    }
    assertThat(references(play).issued()).hasSize(ReferenceTokens.LIVING_MAX);
    assertThat(references(play).find(1, play.now())).isPresent();

    play.then(delivery -> Given.refresh(delivery, ReferenceTokens.LIVING_MAX + 1));

    assertThat(references(play).issued()).hasSize(ReferenceTokens.LIVING_MAX);
    assertThat(references(play).find(1, play.now())).isEmpty();
    assertThat(references(play).find(2, play.now())).isPresent();
  }

  @Test
  void shouldForgetWhatExpiredButNeverNumberTwoAlike() {
    Play play = Play.withHandle().nowUnder(REFERENCE).then(delivery -> Given.refresh(delivery, 1));
    Duration life = play.granted().terms().accessTokenLifetime();
    ReferenceTokens before = references(play);

    assertThat(before.find(1, play.now().plus(life).minusMillis(1))).isPresent();
    assertThat(before.find(1, play.now().plus(life))).isEmpty();
    play.after(life).then(delivery -> Given.refresh(delivery, 2));

    assertThat(references(play).issued()).containsExactly(play.granted().terms());
    assertThat(play.granted().terms().reference()).contains(2);
  }
}
