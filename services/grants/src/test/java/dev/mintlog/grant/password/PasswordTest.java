package dev.mintlog.grant.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.3, the password verified by an edge. */
class PasswordTest {

  @Test
  void shouldGrantAllThatTheClientMayHaveWhereNoScopeIsAsked() {
    Play play = Play.under(Given.registration()).then(Given::password);

    assertThat(play.granted().terms().subject()).isEqualTo("alice");
    assertThat(play.granted().terms().scopes())
        .isEqualTo(Scopes.of("openid", "profile", "offline_access", "orders", "stock"));
    assertThat(play.granted().terms().refresh()).as("offline_access is among them").contains(1);
    assertThat(play.granted().terms().idTokenLifetime()).as("openid is among them").isPresent();
    assertThat(play.eventNames()).containsExactly("TokenIssued");
  }

  @Test
  void shouldKeepWhatIsKnownOfTheUserForThisTokenAndThoseRefreshed() {
    ClaimValues known = ClaimValues.NONE.withText("tier", "gold");
    Play play = Play.under(Given.registration()).then(delivery -> Given.request(delivery, new Grant.Password(Given.ID,
        "alice", delivery.requestedAt(), Optional.empty(), List.of("pwd"), "local", known)));

    assertThat(((Active) play.state()).consent().userClaims()).isEqualTo(known);
  }

  @Test
  void shouldGiveNoRefreshHandleWithoutOfflineAccessOrItsGrantType() {
    Play narrow = Play.under(Given.registration())
        .then(delivery -> Given.withScope(Given.password(delivery), "orders"));
    assertThat(narrow.granted().terms().refresh()).isEmpty();
    assertThat(narrow.granted().terms().idTokenLifetime()).isEmpty();

    Client withoutRefresh = Given.withGrants(Given.client(), GrantType.PASSWORD);
    assertThat(Play.under(Given.registration(withoutRefresh)).then(Given::password).granted().terms().refresh())
        .isEmpty();
  }

  @Test
  void shouldBearAnAuthorizationOfEachSoThatTheTokenCanBeFoundAndRevoked() {
    for (Set<String> scopes : Set.of(Set.of("orders"), Set.of("orders", "offline_access"))) {
      Play play = Play.under(Given.registration())
          .then(delivery -> Given.withScope(Given.password(delivery), scopes.toArray(String[]::new)));

      assertThat(play.granted().terms().jti()).startsWith(Given.ID.value() + ".");
      assertThat(play.state()).isInstanceOf(Active.class);
      assertThat(play.authorization().keptUntil())
          .isAfterOrEqualTo(play.granted().terms().accessTokenExpiresAt());

      play.then(Given::revoke);
      assertThat(play.state()).isInstanceOf(Revoked.class);
    }
  }

  @Test
  void shouldLetItsRefreshHandleRotateAsAnyOther() {
    Play play = Play.under(Given.registration()).then(Given::password);

    play.after(Duration.ofMinutes(5)).then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.granted().terms().refresh()).contains(2);
    assertThat(play.granted().terms().subject()).isEqualTo("alice");

    play.after(Duration.ofMinutes(5)).then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.denied().revoked()).as("reuse after the window").isTrue();
  }

  @Test
  void shouldRefuseScopesThatTheClientMayNotHave() {
    Play play = Play.under(Given.registration())
        .then(delivery -> Given.withScope(Given.password(delivery), "orders", "nonsense"));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseAClientThatIsNotAllowedIt() {
    Play play = Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.AUTHORIZATION_CODE)))
        .then(Given::password);

    assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
  }

  /** The edge looked at an older revision: the newest one knows that the user is disabled. */
  @Test
  void shouldRefuseAUserDisabledSinceInTheWordsOfAWrongPassword() {
    Play play = Play.under(Given.revokedBefore(Given.client(), "alice", Instant.MAX)).then(Given::password);

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.denied().description()).isEqualTo(Grant.Password.NO_MATCH);
  }

  @Test
  void shouldGrantAUserWhoseEarlierAuthorizationsWereRevoked() {
    Play play = Play.under(Given.revokedBefore(Given.client(), "alice", Given.NOON)).then(Given::password);

    assertThat(play.granted().terms().subject()).isEqualTo("alice");
  }

  @Test
  void shouldNotBeBornTwice() {
    Play play = Play.under(Given.registration()).then(Given::password).then(Given::password);

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(play.changedNothing()).isTrue();
  }
}
