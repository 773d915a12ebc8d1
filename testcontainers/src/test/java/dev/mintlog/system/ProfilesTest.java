package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same requests to a tenant of each profile: what the RFCs have, and what IdentityServer's clients rely on. */
class ProfilesTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient rfc = system.client("web");
  private final TokenClient legacy = system.client("legacy", "web");

  @ParameterizedTest(name = "{0}")
  @CsvSource({
      "no grant_type,       'scope=openid',                           400 invalid_request, 400 unsupported_grant_type",
      "unknown grant_type,  'grant_type=unknown',                     400 unsupported_grant_type,"
          + "400 unsupported_grant_type",
      "no code,             'grant_type=authorization_code',          400 invalid_request, 400 invalid_grant",
      "a code that is none, 'grant_type=authorization_code&code=x',   400 invalid_grant,   400 invalid_grant",
      "no refresh_token,    'grant_type=refresh_token',               400 invalid_request, 400 invalid_request",
      "a grant not allowed, 'grant_type=client_credentials',          400 unauthorized_client,"
          + "400 unauthorized_client"})
  void shouldAnswerAClient(String what, String form, String byRfc, String byIdentityServer) throws Exception {
    assertThat(told(post("", basic(system.registry().client("web")), form))).isEqualTo(byRfc);
    assertThat(told(post("/legacy", basic(system.registry().client("legacy", "web")), form)))
        .isEqualTo(byIdentityServer);
  }

  @ParameterizedTest
  @CsvSource({"web, 401, 400", "nobody, 401, 400"})
  void shouldAnswerAWrongClientThatUsesTheHeader(String client, int byRfc, int byIdentityServer) throws Exception {
    String form = "grant_type=client_credentials";
    Answer rfcs = post("", TokenClient.basic(client, "wrong"), form);
    Answer legacys = post("/legacy", TokenClient.basic(client, "wrong"), form);

    assertThat(told(rfcs)).isEqualTo(byRfc + " invalid_client");
    assertThat(rfcs.header("WWW-Authenticate")).isPresent();
    assertThat(told(legacys)).isEqualTo(byIdentityServer + " invalid_client");
    assertThat(legacys.header("WWW-Authenticate")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"/connect/token", "/oauth2/token"})
  void shouldAnswerAnotherMethod(String path) throws Exception {
    assertThat(told(TokenClient.get(URI.create(system.edge() + path)))).isEqualTo("405 invalid_request");
    assertThat(told(TokenClient.get(URI.create(system.edge("legacy") + path)))).isEqualTo("400 invalid_request");
  }

  @Test
  void shouldAnswerAMissingRedirectUri() {
    assertThat(told(redeemWithoutRedirectUri(rfc, system.loginApplication()))).isEqualTo("400 invalid_grant");
    assertThat(told(redeemWithoutRedirectUri(legacy, system.loginApplication("legacy"))))
        .isEqualTo("400 unauthorized_client");
  }

  @Test
  void shouldIgnoreTheScopeOfARefreshWhereTheProfileDoes() {
    Answer ofRfc = tokens(rfc, system.loginApplication());
    Answer ofLegacy = tokens(legacy, system.loginApplication("legacy"));

    Answer narrowed = rfc.refresh(ofRfc.refreshToken(), "scope", "orders.read");
    Answer whole = legacy.refresh(ofLegacy.refreshToken(), "scope", "orders.read");
    assertThat(narrowed.text("scope")).isEqualTo("orders.read");
    assertThat(whole.text("scope")).isEqualTo(ofLegacy.text("scope"));
    assertThat(told(rfc.refresh(narrowed.refreshToken(), "scope", "unheard.of"))).isEqualTo("400 invalid_scope");
    assertThat(legacy.refresh(whole.refreshToken(), "scope", "unheard.of").text("scope"))
        .isEqualTo(ofLegacy.text("scope"));
  }

  @Test
  void shouldWriteTheScopeClaimAsTheTenantHasIt() throws ParseException {
    Answer ofRfc = tokens(rfc, system.loginApplication());
    Answer ofLegacy = tokens(legacy, system.loginApplication("legacy"));

    assertThat(system.relyingParty().verified(ofRfc.accessToken()).getStringClaim("scope"))
        .isEqualTo(ofRfc.text("scope"));
    assertThat(new RelyingParty(system.edge("legacy")).verified(ofLegacy.accessToken()).getStringListClaim("scope"))
        .containsExactlyInAnyOrderElementsOf(List.of(ofLegacy.text("scope").split(" ")));
  }

  @Test
  void shouldGiveAnIdTokenForAPasswordWhereTheProfileDoes() {
    Answer ofRfc = password(system.client("till"), "username", "alice", "password", system.registry().password("alice"));
    Answer ofLegacy = password(system.client("legacy", "till"), "username", "legacy-alice", "password",
        system.registry().password("legacy-alice"));

    assertThat(ofRfc.status()).as(ofRfc.toString()).isEqualTo(200);
    assertThat(ofRfc.has("id_token")).isTrue();
    assertThat(ofLegacy.status()).as(ofLegacy.toString()).isEqualTo(200);
    assertThat(ofLegacy.has("id_token")).isFalse();
    assertThat(ofLegacy.text("scope")).contains("openid");
    Answer refreshed = system.client("legacy", "till").refresh(ofLegacy.refreshToken());
    assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
  }

  @Test
  void shouldAnswerAPasswordGrantThatIsNotWhole() {
    TokenClient ofRfc = system.client("till");
    TokenClient ofLegacy = system.client("legacy", "till");

    assertThat(told(password(ofRfc, "password", "x"))).isEqualTo("400 invalid_request");
    assertThat(told(password(ofLegacy, "password", "x"))).isEqualTo("400 invalid_grant");
    assertThat(told(password(ofRfc, "username", "alice"))).isEqualTo("400 invalid_grant");
    assertThat(told(password(ofLegacy, "username", "legacy-alice"))).isEqualTo("400 invalid_grant");
    assertThat(told(password(ofLegacy, "username", "legacy-alice", "password", "wrong"))).isEqualTo("400 invalid_grant");
    assertThat(told(password(ofLegacy, "username", "legacy-alice", "password", "x", "scope", "unheard.of")))
        .isEqualTo("400 invalid_grant");
  }

  private static Answer password(TokenClient client, String... parameters) {
    return client.token("password", parameters);
  }

  private static Answer redeemWithoutRedirectUri(TokenClient client, LoginApplication login) {
    Pkce pkce = Pkce.random();
    return client.token("authorization_code", "code", login.code("web", WEB, pkce), "code_verifier", pkce.verifier());
  }

  private static Answer tokens(TokenClient client, LoginApplication login) {
    Pkce pkce = Pkce.random();
    Answer answer = client.redeem(login.code("web", WEB, pkce), pkce.verifier(), WEB);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private Answer post(String tenant, String authorization, String form) throws IOException, InterruptedException {
    return TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + tenant + "/connect/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Authorization", authorization)
        .POST(BodyPublishers.ofString(form))
        .build());
  }

  private static String basic(DemoClient client) {
    return TokenClient.basic(client.id(), client.secret());
  }

  private static String told(Answer answer) {
    return answer.status() + " " + answer.error();
  }
}
