package dev.mintlog.grant.clientcredentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import org.junit.jupiter.api.Test;

/** RFC 6749 §4.4. */
class ClientCredentialsTest {

  @Test
  void shouldGrantTheClientItselfAllItsApiScopesAndNothingElse() {
    Play play = Play.under(Given.registration()).then(Given::clientCredentials);
    assertThat(play.granted().terms().subject()).isEqualTo(Given.APP);
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders", "stock"));
    assertThat(play.granted().terms().refresh()).as("RFC 6749 §4.4.3").isEmpty();
    assertThat(play.granted().terms().idTokenLifetime()).isEmpty();
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.eventNames()).containsExactly("TokenIssued");
  }

  @Test
  void shouldGrantWhatIsAsked() {
    Play play = Play.under(Given.registration())
        .then(delivery -> Given.withScope(Given.clientCredentials(delivery), "stock"));
    assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("stock"));
    assertThat(play.granted().terms().audience()).containsExactly("https://stock.example.org");
  }

  @Test
  void shouldRefuseUnknownForbiddenAndUserScopes() {
    for (String scope : new String[] {"nonsense", "openid", "profile", "offline_access"}) {
      Play play = Play.under(Given.registration())
          .then(delivery -> Given.withScope(Given.clientCredentials(delivery), "orders", scope));
      assertThat(play.denied().error()).as(scope).isEqualTo(TokenError.INVALID_SCOPE);
      assertThat(play.denied().description()).contains(scope);
    }
    Play forbidden = Play.under(Given.registration(Given.withScopes(Given.client(), "orders")))
        .then(delivery -> Given.withScope(Given.clientCredentials(delivery), "stock"));
    assertThat(forbidden.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
  }

  @Test
  void shouldRefuseAClientWithoutAnyApiScope() {
    Play play = Play.under(Given.registration(Given.withScopes(Given.client(), "openid")))
        .then(Given::clientCredentials);
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_SCOPE);
  }

  @Test
  void shouldRefuseAClientThatMayNotUseItAndADisabledOne() {
    assertThat(Play.under(Given.registration(Given.withGrants(Given.client(), GrantType.REFRESH_TOKEN)))
        .then(Given::clientCredentials).denied().error()).isEqualTo(TokenError.UNAUTHORIZED_CLIENT);
    assertThat(Play.under(Given.registration(Given.disabled(Given.client())))
        .then(Given::clientCredentials).denied().error()).isEqualTo(TokenError.INVALID_CLIENT);
  }
}
