package dev.mintlog.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.GrantTerms;
import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.client.Tenant;
import dev.mintlog.command.Delivery;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What exactly is granted. */
class TermsTest {

  @Test
  void shouldDeriveTheJtiFromTheCommandAndCarryTheAuthorization() {
    Play play = Play.withHandle();
    String command = play.command().delivery().commandId().value();
    assertThat(play.granted().terms().jti()).isEqualTo(Given.ID.value() + "." + command);
    Play stateless = Play.under(Given.registration()).then(Given::clientCredentials);
    assertThat(stateless.granted().terms().jti()).isEqualTo(stateless.command().delivery().commandId().value());
  }

  @Test
  void shouldCountTimesFromTheEdgesClock() {
    Play play = Play.withCode("orders").after(Duration.ofSeconds(3)).then(Given::redeem);
    GrantTerms terms = play.granted().terms();
    assertThat(terms.issuedAt()).isEqualTo(Given.NOON.plusSeconds(3));
    assertThat(terms.accessTokenExpiresAt()).isEqualTo(Given.NOON.plusSeconds(3).plus(Duration.ofHours(1)));
  }

  /** RFC 9068 §3. */
  @Test
  void shouldNameTheApisThatOwnTheScopesAsAudience() {
    assertThat(Given.TENANT.audienceOf(Scopes.of("stock", "orders", "openid")))
        .containsExactly("https://orders.example.org", "https://stock.example.org");
    assertThat(Given.TENANT.audienceOf(Scopes.of("orders"))).containsExactly("https://orders.example.org");
  }

  @Test
  void shouldNameTheIssuerAsAudienceWhereNoApiOwnsAScope() {
    assertThat(Given.TENANT.audienceOf(Scopes.of("openid", "profile"))).containsExactly(Given.ISSUER);
  }

  @Test
  void shouldSignWithTheKeyInForceAtTheCommandsTime() {
    Tenant tenant = tenantWith(key("old", Given.NOON.minusSeconds(100)), key("new", Given.NOON.plusSeconds(10)));
    assertThat(kidAt(tenant, Given.NOON.plusSeconds(10).minusNanos(1))).isEqualTo("old");
    assertThat(kidAt(tenant, Given.NOON.plusSeconds(10))).isEqualTo("new");
  }

  @Test
  void shouldTakeTheFirstInTheLogOfTwoKeysWithOneSignFrom() {
    Tenant tenant = tenantWith(key("first", Given.NOON), key("second", Given.NOON));
    assertThat(kidAt(tenant, Given.NOON.plusSeconds(1))).isEqualTo("first");
  }

  @Test
  void shouldSignWithTheAlgorithmOfTheClient() {
    Client client = Given.withTokens(Given.client(), new Client.TokenPolicy(SigningAlgorithm.EDDSA,
        Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofMinutes(5)));
    Play play = Play.under(Given.registration(client)).then(Given::clientCredentials);
    assertThat(play.granted().terms().key().kid()).isEqualTo("ed-1");
  }

  @Test
  void shouldKeepAnAuthorizationForAtLeastItsAccessToken() {
    Play play = Play.withCode("orders").then(Given::redeem);
    assertThat(play.authorization().keptUntil()).isEqualTo(play.granted().terms().accessTokenExpiresAt());
  }

  @Test
  void shouldAnswerServerErrorAndSpendNothingWhereNoKeyIsInForce() {
    Tenant without = tenantWith(key("not yet", Given.NOON.plusSeconds(60)));
    Play play = Play.withCode("orders").nowUnder(
        new Registration(without, Given.client(), Revocations.NONE)).then(Given::redeem);

    assertThat(play.denied().error()).isEqualTo(TokenError.SERVER_ERROR);
    assertThat(play.changedNothing()).isTrue();
    assertThat(play.after(Duration.ofSeconds(60)).then(Given::redeem).granted().terms().key().kid()).isEqualTo("not yet");
  }

  private static SigningKeyRef key(String kid, Instant signFrom) {
    return new SigningKeyRef(kid, SigningAlgorithm.RS256, signFrom);
  }

  private static Tenant tenantWith(SigningKeyRef... keys) {
    return new Tenant("default", Given.ISSUER, Given.TENANT.scopes(), List.of(keys));
  }

  private static String kidAt(Tenant tenant, Instant time) {
    return tenant.signingKeyAt(SigningAlgorithm.RS256, time).orElseThrow().kid();
  }
}
