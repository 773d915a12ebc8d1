package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Genuine tokens where they do not belong: at another tenant, at another endpoint, as another kind. RFC 8725 §2.7 and
 * §2.8, RFC 9700 §4.4. Whatever is tried, the token stays good where it belongs.
 */
class MixedUpTokensTest {
  private static final String PEOPLE = "https://people.example/callback";
  private static final String CIBA = "urn:openid:params:grant-type:ciba";
  private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
  private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient people = system.client("people");
  private final TokenClient acmeWeb = system.client("acme", "web");
  private final Pkce pkce = Pkce.random();

  private String code() {
    return system.loginApplication().code("people", PEOPLE, pkce, "scope", "openid offline_access orders.read");
  }

  private Answer tokens() {
    Answer answer = people.redeem(code(), pkce.verifier(), PEOPLE);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private Answer userInfo(URI edge, String token) throws IOException, InterruptedException {
    return TokenClient.send(HttpRequest.newBuilder(URI.create(edge + "/connect/userinfo"))
        .header("Authorization", "Bearer " + token).build());
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo(error);
  }

  // Another tenant

  @Test
  void shouldKnowNothingOfAnAccessTokenOfAnotherTenant() throws Exception {
    Answer tokens = tokens();
    String token = tokens.accessToken();

    // Introspection, userinfo and revocation of a tenant that did not issue it
    assertThat(acmeWeb.introspect(token).json().path("active").asBoolean(true)).isFalse();
    assertThat(acmeWeb.introspect(tokens.refreshToken()).json().path("active").asBoolean(true)).isFalse();
    assertThat(userInfo(system.edge("acme"), token).status()).isEqualTo(401);
    acmeWeb.revoke(token);
    acmeWeb.revoke(tokens.refreshToken());

    assertThat(userInfo(system.edge(), token).status()).isEqualTo(200);
    assertThat(people.refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldNotVerifyWithTheKeysOfAnotherTenant() {
    String token = acmeWeb.clientCredentials("scope", "orders.read").accessToken();

    assertThat(new RelyingParty(system.edge("acme")).verified(token).getSubject()).isEqualTo("web");
    assertThat(system.relyingParty().keys().getKeyByKeyId(RelyingParty.header(token).getKeyID())).isNull();
  }

  // Another endpoint

  @Test
  void shouldTakeNothingButAnAccessTokenForUserinfo() throws Exception {
    Answer tokens = tokens();
    String assertion = WrittenAssertion.of("signer", system.publicUrl() + "/connect/userinfo", Instant.now())
        .signed(system.registry().assertionKeys().ec(), "ES256");

    for (String other : new String[] {tokens.text("id_token"), tokens.refreshToken(), code(), assertion}) {
      Answer answer = userInfo(system.edge(), other);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
      assertThat(answer.error()).isEqualTo("invalid_token");
    }
    assertThat(userInfo(system.edge(), tokens.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldLetNoTokenForAnotherAudienceIntoTheLoginApi() throws Exception {
    Answer tokens = tokens();
    String forOrders = system.client("service").clientCredentials("scope", "orders.read").accessToken();

    for (String other : new String[] {forOrders, tokens.accessToken(), tokens.text("id_token")}) {
      Answer answer = TokenClient.send(HttpRequest
          .newBuilder(URI.create(system.loginApi() + "/login/device-authorizations/BCDF-GHJK"))
          .header("Authorization", "Bearer " + other).build());
      assertThat(answer.status()).as(answer.toString()).isIn(401, 403);
    }
  }

  @Test
  void shouldTellNothingAboutAUserForATokenOfTheLoginApi() throws Exception {
    String forLogin = system.client("login").clientCredentials("scope", "mintlog.login").accessToken();

    assertThat(userInfo(system.edge(), forLogin).status()).isIn(401, 403);
  }

  @Test
  void shouldNotTakeATokenOfOursForAClientsAssertion() {
    Answer tokens = tokens();

    for (String other : new String[] {tokens.accessToken(), tokens.text("id_token")}) {
      RawRequest request = RawRequest.token("grant_type", "client_credentials", "client_assertion_type", ASSERTION_TYPE,
          "client_assertion", other);
      RawConnection.exchange(system.edge(), request).isRefused(400, "invalid_client");
    }
  }

  // Another kind of handle

  @ParameterizedTest
  @CsvSource({"refresh_token, refresh_token", DEVICE_CODE + ", device_code", CIBA + ", auth_req_id"})
  void shouldNotTakeACodeForAnother(String grantType, String parameter) {
    String code = code();

    Answer answer = system.client(clientOf(grantType)).token(grantType, parameter, code);

    assertRefused(answer, "invalid_grant");
    assertThat(people.redeem(code, pkce.verifier(), PEOPLE).status()).as("the code is not burned").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"authorization_code, code", DEVICE_CODE + ", device_code", CIBA + ", auth_req_id"})
  void shouldNotTakeARefreshTokenForAnother(String grantType, String parameter) {
    String refreshToken = tokens().refreshToken();

    Answer answer = system.client(clientOf(grantType))
        .token(grantType, parameter, refreshToken, "redirect_uri", PEOPLE, "code_verifier", pkce.verifier());

    assertRefused(answer, "invalid_grant");
    assertThat(people.refresh(refreshToken).status()).as("nothing is revoked").isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"authorization_code, code", "refresh_token, refresh_token"})
  void shouldNotTakeADeviceCodeForAnother(String grantType, String parameter) {
    TokenClient tv = system.publicClient("tv");
    Answer device = tv.device();

    Answer answer = people.token(grantType, parameter, device.text("device_code"), "redirect_uri", PEOPLE,
        "code_verifier", pkce.verifier());

    assertRefused(answer, "invalid_grant");
    assertThat(system.loginApplication().approve(device.text("user_code")).status()).isEqualTo(200);
    assertThat(tv.poll(device.text("device_code")).status()).isEqualTo(200);
  }

  private static String clientOf(String grantType) {
    return switch (grantType) {
      case CIBA -> "bank";
      case DEVICE_CODE -> "secret-tv";
      default -> "people";
    };
  }
}
