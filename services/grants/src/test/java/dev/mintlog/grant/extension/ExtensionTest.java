package dev.mintlog.grant.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.authorization.AuthorizationState.Revoked;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.5, the credential judged by an extension at an edge. */
class ExtensionTest {
  private static final Client CLIENT =
      Given.withGrants(Given.client(), Given.TICKET, GrantType.REFRESH_TOKEN);

  private static final String IDP = "https://idp.example";

  private static TokenRequest forClient(Delivery delivery) {
    return Given.request(delivery, new Grant.Extension(Given.TICKET, true, Optional.empty()));
  }

  private static TokenRequest notJudged(Delivery delivery) {
    return Given.request(delivery, new Grant.Extension(Given.TICKET, false, Optional.empty()));
  }

  @Test
  void shouldGrantTheUserWhatTheClientMayHave() {
    Play play = Play.under(Given.registration(CLIENT)).then(Given::ticket);

    assertThat(play.granted().terms().grantType()).isEqualTo(Given.TICKET);
    assertThat(play.granted().terms().subject()).isEqualTo("alice");
    assertThat(play.granted().terms().scopes())
        .isEqualTo(Scopes.of("openid", "profile", "offline_access", "orders", "stock"));
    assertThat(play.granted().terms().refresh()).contains(1);
    assertThat(play.granted().terms().idTokenLifetime()).isPresent();
    assertThat(play.eventNames()).containsExactly("TokenIssued");
    assertThat(play.state()).isInstanceOf(Active.class);
  }

  @Test
  void shouldLetItsTokensBeRefreshedAndRevoked() {
    Play play = Play.under(Given.registration(CLIENT)).then(Given::ticket);

    play.after(Duration.ofMinutes(5)).then(delivery -> Given.refresh(delivery, 1));
    assertThat(play.granted().terms().refresh()).contains(2);

    play.then(Given::revoke);
    assertThat(play.state()).isInstanceOf(Revoked.class);
  }

  @Test
  void shouldGrantTheClientItselfItsApiScopesAndNoStateIsKept() {
    Play play = Play.under(Given.registration(CLIENT)).then(ExtensionTest::forClient);

    assertThat(play.granted().terms().subject()).isEqualTo(Given.APP);
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders", "stock"));
    assertThat(play.granted().terms().refresh()).isEmpty();
    assertThat(play.granted().terms().idTokenLifetime()).isEmpty();
    assertThat(play.changedNothing()).isTrue();
    assertThat(Play.under(Given.registration(CLIENT))
        .then(delivery -> Given.withScope(forClient(delivery), "openid")).denied().error())
        .isEqualTo(TokenError.INVALID_SCOPE);
  }

  @Test
  void shouldKnowWhichRegisteredIssuerVouchedForTheUser() {
    Client client = Given.withGrants(Given.client(), Given.TICKET, GrantType.JWT_BEARER);

    Play vouched = Play.under(Given.registration(client))
        .then(delivery -> Given.assertion(delivery, IDP));
    Play other = Play.under(Given.registration(client)).then(Given::ticket);

    assertThat(vouched.state().consentGiven().orElseThrow().assertionIssuer()).contains(IDP);
    assertThat(other.state().consentGiven().orElseThrow().assertionIssuer()).isEmpty();
  }

  @Test
  void shouldEndWhatAnIssuerVouchedForWithTheIssuersEntry() {
    Client client = Given.withGrants(Given.client(), GrantType.JWT_BEARER, GrantType.REFRESH_TOKEN);
    Play play = Play.under(Given.registration(client)).then(delivery -> Given.assertion(delivery, IDP));

    Play refused = play.nowUnder(Given.withdrawn(client, IDP)).then(delivery -> Given.refresh(delivery, 1));
    Play other = play.nowUnder(Given.withdrawn(client, "https://other.example"))
        .then(delivery -> Given.refresh(delivery, 1));

    assertThat(refused.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(refused.denied().description()).contains("issuer of assertions");
    assertThat(refused.changedNothing()).as("registered again, it counts again").isTrue();
    assertThat(other.granted().terms().refresh()).contains(2);
  }

  @Test
  void shouldGrantNothingForAnIssuerThatWasWithdrawnSinceTheEdgeLooked() {
    Client client = Given.withGrants(Given.client(), GrantType.JWT_BEARER);

    Play play = Play.under(Given.withdrawn(client, IDP)).then(delivery -> Given.assertion(delivery, IDP));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseScopesThatTheClientMayNotHave() {
    Play play = Play.under(Given.registration(CLIENT))
        .then(delivery -> Given.withScope(Given.ticket(delivery), "orders", "nonsense"));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseAClientThatIsNotRegisteredForTheGrantType() {
    Play play = Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.AUTHORIZATION_CODE)))
        .then(ExtensionTest::notJudged);

    assertThat(play.denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
  }

  @Test
  void shouldGrantNothingThatNobodyJudged() {
    Play play = Play.under(Given.registration(CLIENT)).then(ExtensionTest::notJudged);

    assertThat(play.denied().error()).isEqualTo(TokenError.TEMPORARILY_UNAVAILABLE);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseAUserWhoIsDisabled() {
    Play play = Play.under(Given.revokedBefore(CLIENT, "alice", Instant.MAX)).then(Given::ticket);

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.denied().description()).isEqualTo(Grant.Extension.NO_USER);
  }

  @Test
  void shouldNotBeBornTwice() {
    Play play = Play.under(Given.registration(CLIENT)).then(Given::ticket).then(Given::ticket);

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_REQUEST);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldNotPassForABuiltInGrant() {
    assertThatThrownBy(() -> new Grant.Extension(GrantType.AUTHORIZATION_CODE, true, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
