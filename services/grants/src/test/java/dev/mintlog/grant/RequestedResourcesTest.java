package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.AuthorizationState.CodeIssued;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.Scopes;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import org.junit.jupiter.api.Test;

/** RFC 8707. */
class RequestedResourcesTest {
  private static final String ORDERS = "https://orders.example.org";
  private static final String STOCK = "https://stock.example.org";

  private static Play codeFor(String... resources) {
    return Play.under(Given.registration()).then(delivery -> Given.createAuthorization(delivery,
        Given.withResources(Given.consent("openid", "offline_access", "orders", "stock"), resources)));
  }

  @Test
  void shouldKeepOfAConsentWhatItsResourcesOwn() {
    Play play = codeFor(ORDERS);

    assertThat(((CodeIssued) play.state()).consent().scopes())
        .isEqualTo(Scopes.of("openid", "offline_access", "orders"));
  }

  @Test
  void shouldRefuseAConsentForAResourceWithoutAnAgreedScope() {
    Play play = Play.under(Given.registration()).then(delivery -> Given.createAuthorization(delivery,
        Given.withResources(Given.consent("openid", "orders"), STOCK)));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_TARGET);
    assertThat(play.changedNothing()).isTrue();
  }

  @Test
  void shouldRefuseAsAWholeWithoutBurningTheCode() {
    Play play = codeFor(ORDERS).then(delivery -> Given.withResources(Given.redeem(delivery), ORDERS, STOCK));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_TARGET);
    assertThat(play.denied().revoked()).isFalse();
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.then(Given::redeem).granted().terms().audience()).containsExactly(ORDERS);
  }

  @Test
  void shouldStillRevokeWhenACodeIsReusedForAnotherResource() {
    Play play = codeFor(ORDERS).then(Given::redeem)
        .then(delivery -> Given.withResources(Given.redeem(delivery), STOCK));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    assertThat(play.denied().revoked()).isTrue();
  }

  @Test
  void shouldNotRotateWhereTheResourceIsRefused() {
    Play play = codeFor(ORDERS).then(Given::redeem)
        .then(delivery -> Given.withResources(Given.refresh(delivery, 1), STOCK));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_TARGET);
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.then(delivery -> Given.refresh(delivery, 1)).granted().terms().refresh()).contains(2);
  }

  @Test
  void shouldGiveATokenWithoutApiScopesTheIssuerAsAudience() {
    Play play = codeFor(ORDERS).then(Given::redeem)
        .then(delivery -> Given.withScope(Given.refresh(delivery, 1), "openid"));

    assertThat(play.granted().terms().audience()).containsExactly(Given.ISSUER);
  }

  @Test
  void shouldRefuseSeveralWhereTheClientMayHaveOneOnly() {
    Play play = Play.under(Given.registration(Given.client().withAccess(AccessPolicy.DEFAULT.withMultipleResources(false))))
        .then(delivery -> Given.withResources(Given.clientCredentials(delivery), ORDERS, STOCK));

    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_TARGET);
  }
}
