package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenIssued;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Access tokens that are handles: APIs ask about them, RFC 7662, and they end when they are revoked. */
class ReferenceTokenTest {
  private static final String REDIRECT = "https://opaque.example/callback";
  private static final String ORDERS = "https://orders.example";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient opaque = system.client("opaque");
  private final TokenClient api = api("orders-api", ORDERS);

  private TokenClient api(String secretOf, String name) {
    return TokenClient.confidential(system.edge(), new DemoClient(name, system.registry().client(secretOf).secret()));
  }

  private Answer signedIn(String scope) {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("opaque", REDIRECT, pkce, "scope", scope);
    return granted(opaque.redeem(code, pkce.verifier(), REDIRECT));
  }

  private static Answer granted(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.accessToken()).as("a handle").matches("[A-Za-z0-9_-]{55}");
    return answer;
  }

  private JsonNode active(String token) {
    Answer answer = api.introspect(token);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.json().get("active").asBoolean()).as(answer.toString()).isTrue();
    return answer.json();
  }

  private void assertInactive(TokenClient caller, String token) {
    Answer answer = caller.introspect(token);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.http().body()).isEqualTo("{\"active\":false}");
  }

  @Test
  void shouldSayAtIntrospectionWhatAJwtWouldHaveSaid() throws Exception {
    Answer tokens = signedIn("openid offline_access orders.read");

    JsonNode seen = active(tokens.accessToken());

    assertThat(tokens.text("token_type")).isEqualTo("Bearer");
    assertThat(seen.get("iss").asText()).isEqualTo(system.publicUrl().toString());
    assertThat(seen.get("sub").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(seen.get("aud").asText()).isEqualTo(ORDERS);
    assertThat(seen.get("client_id").asText()).isEqualTo("opaque");
    assertThat(seen.get("scope").asText()).isEqualTo("orders.read");
    assertThat(seen.get("region").asText()).as("a claim of the client's own").isEqualTo("eu");
    assertThat(seen.get("exp").asLong() - seen.get("iat").asLong()).isEqualTo(3600);
    assertThat(seen.get("acr").asText()).isEqualTo("urn:mintlog:acr:password");
  }

  @Test
  void shouldRecordItBeforeItLeaves() {
    JsonNode seen = active(signedIn("orders.read").accessToken());

    assertThat(new Log(system).events(TokenIssued.class))
        .filteredOn(event -> event.getJti().equals(seen.get("jti").asText()))
        .singleElement().satisfies(event -> assertThat(event.getReference()).isTrue());
  }

  @Test
  void shouldGiveASignedIdTokenBesideIt() throws Exception {
    Answer tokens = signedIn("openid orders.read");

    JWTClaimsSet claims = system.relyingParty().verified(tokens.text("id_token"));

    assertThat(claims.getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(claims.getClaim("at_hash")).isNull();
  }

  @Test
  void shouldTellOfTheUserAsAJwtDoesUntilItIsRevoked() throws Exception {
    Answer tokens = signedIn("openid orders.read");

    Answer told = userInfo(tokens.accessToken());
    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.text("sub")).isEqualTo(LoginApplication.SUBJECT);
    assertThat(userInfo(signedIn("orders.read").accessToken()).status()).as("without openid").isEqualTo(403);

    assertThat(opaque.revoke(tokens.accessToken()).status()).isEqualTo(200);
    assertThat(userInfo(tokens.accessToken()).status()).isEqualTo(401);
  }

  private Answer userInfo(String token) throws Exception {
    return TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo"))
        .header("Authorization", "Bearer " + token).build());
  }

  @Test
  void shouldGiveANewOneAtEachRefreshWhileTheOneBeforeLives() {
    Answer first = signedIn("offline_access orders.read");
    Answer second = granted(opaque.refresh(first.refreshToken()));

    assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
    assertThat(active(first.accessToken()).get("jti")).isNotEqualTo(active(second.accessToken()).get("jti"));
  }

  @Test
  void shouldServeAClientThatActsForItself() {
    Answer first = granted(opaque.clientCredentials("scope", "orders.read"));
    Answer second = granted(opaque.clientCredentials("scope", "orders.read"));

    assertThat(active(first.accessToken()).get("sub").asText()).isEqualTo("opaque");
    assertThat(opaque.revoke(first.accessToken()).status()).isEqualTo(200);
    assertInactive(api, first.accessToken());
    active(second.accessToken());
  }

  @Test
  void shouldEndAllOfItsAuthorizationWhenItIsRevoked() {
    Answer tokens = signedIn("offline_access orders.read");

    assertThat(opaque.revoke(tokens.accessToken(), "token_type_hint", "access_token").status()).isEqualTo(200);

    assertInactive(api, tokens.accessToken());
    assertThat(opaque.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldEndWithItsRefreshToken() {
    Answer tokens = signedIn("offline_access orders.read");

    assertThat(opaque.revoke(tokens.refreshToken()).status()).isEqualTo(200);

    assertInactive(api, tokens.accessToken());
  }

  @Test
  void shouldNotEndByAnotherClientsRevocation() {
    String token = signedIn("orders.read").accessToken();

    assertThat(system.client("other-web").revoke(token).status()).isEqualTo(200);

    active(token);
  }

  @Test
  void shouldShowNothingToOthersThanItsAudienceAndItsClient() {
    String token = signedIn("orders.read").accessToken();

    assertInactive(api("billing-api", "https://billing.example"), token);
    assertInactive(system.client("other-web"), token);
    assertThat(opaque.introspect(token).json().get("active").asBoolean()).isTrue();
  }

  @Test
  void shouldExpire() {
    String token = granted(system.client("brief-opaque").clientCredentials("scope", "orders.read")).accessToken();

    Awaitility.await().untilAsserted(() -> assertInactive(api, token));
  }

  @Test
  void shouldBeNoOtherHandleAndLetNoOtherPassForIt() {
    Answer tokens = signedIn("offline_access orders.read");

    assertThat(opaque.refresh(tokens.accessToken()).error()).isEqualTo("invalid_grant");
    assertThat(opaque.redeem(tokens.accessToken(), Pkce.random().verifier(), REDIRECT).error())
        .isEqualTo("invalid_grant");
    assertInactive(api, tokens.refreshToken());
    for (int at : List.of(0, 10, 27, 54)) {
      char other = tokens.accessToken().charAt(at) == 'A' ? 'E' : 'A';
      String forged = tokens.accessToken().substring(0, at) + other + tokens.accessToken().substring(at + 1);
      Answer answer = api.introspect(forged);
      assertThat(answer.status() == 503 || answer.http().body().equals("{\"active\":false}")).as(answer.toString())
          .isTrue();
    }
  }
}
