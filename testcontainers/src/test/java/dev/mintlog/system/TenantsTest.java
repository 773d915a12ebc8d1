package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each tenant is an issuer of its own, and what belongs to one is worth nothing at another: RFC 9700 §4.4. */
class TenantsTest {
  private static final String WEB = "https://web.example/callback";

  private final RunningSystem system = RunningSystem.shared();
  private final TokenClient web = system.client("web");
  private final TokenClient acmeWeb = system.client("acme", "web");

  private Answer tokensOfDefault() {
    Pkce pkce = Pkce.random();
    Answer answer = web.redeem(system.loginApplication().code("web", WEB, pkce), pkce.verifier(), WEB);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  @Test
  void shouldServeTheWholeFlowWithIssuerKeysAndClientsOfItsOwn() {
    // Given
    Pkce pkce = Pkce.random();
    RelyingParty ofAcme = new RelyingParty(system.edge("acme"));

    // When
    String code = system.loginApplication("acme").code("web", WEB, pkce);
    Answer tokens = acmeWeb.redeem(code, pkce.verifier(), WEB);

    // Then
    assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
    JWTClaimsSet access = ofAcme.verified(tokens.accessToken());
    assertThat(access.getIssuer()).isEqualTo(system.publicUrl() + "/acme");
    assertThat(ofAcme.verified(tokens.text("id_token")).getIssuer()).isEqualTo(access.getIssuer());
    assertThat(acmeWeb.refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldServeDeviceAuthorizationsOfItsOwn() {
    TokenClient tv = TokenClient.publicClient(system.edge("acme"), "tv");
    Answer device = tv.device();
    assertThat(device.text("verification_uri")).endsWith("/acme");

    assertThat(system.loginApplication().look(device.text("user_code")).status()).isEqualTo(404);
    assertThat(system.loginApplication().approve(device.text("user_code")).status()).isEqualTo(404);
    assertThat(system.publicClient("tv").poll(device.text("device_code")).error()).isEqualTo("invalid_grant");
    assertThat(tv.poll(device.text("device_code")).error()).isEqualTo("authorization_pending");

    assertThat(system.loginApplication("acme").approve(device.text("user_code")).status()).isEqualTo(200);
    assertThat(tv.poll(device.text("device_code")).status()).isEqualTo(200);
  }

  @Test
  void shouldShareNoKey() {
    List<String> ofDefault = system.relyingParty().keys().getKeys().stream().map(JWK::getKeyID).toList();
    List<String> ofAcme = new RelyingParty(system.edge("acme")).keys().getKeys().stream().map(JWK::getKeyID).toList();

    assertThat(ofAcme).isNotEmpty().doesNotContainAnyElementsOf(ofDefault);
    assertThat(RelyingParty.header(acmeWeb.clientCredentials("scope", "orders.read").accessToken()).getKeyID())
        .isIn(ofAcme);
  }

  @Test
  void shouldRefuseASecretOfAnotherTenantsClientOfThatName() {
    assertThat(web.at(system.edge("acme")).refresh("any").error()).isEqualTo("invalid_client");
    assertThat(acmeWeb.at(system.edge()).refresh("any").error()).isEqualTo("invalid_client");
  }

  @Test
  void shouldRefuseAClientOfAnotherTenant() {
    Answer answer = system.client("service").at(system.edge("acme")).clientCredentials("scope", "orders.read");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.error()).isEqualTo("invalid_client");
  }

  @Test
  void shouldRefuseACodeOfAnotherTenantWithoutBurningIt() {
    // Given
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);

    // When
    Answer elsewhere = acmeWeb.redeem(code, pkce.verifier(), WEB);

    // Then
    assertThat(elsewhere.error()).isEqualTo("invalid_grant");
    assertThat(web.redeem(code, pkce.verifier(), WEB).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseARefreshTokenOfAnotherTenantWithoutRevoking() {
    Answer tokens = tokensOfDefault();

    assertThat(acmeWeb.refresh(tokens.refreshToken()).error()).isEqualTo("invalid_grant");
    assertThat(web.refresh(tokens.refreshToken()).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseALoginApplicationOfAnotherTenant() {
    // Given tokens that let in at their own tenant
    Pkce pkce = Pkce.random();
    LoginApplication ofDefault = system.loginApplication().withTokenTaken();
    LoginApplication ofAcme = system.loginApplication("acme").withTokenTaken();

    // When, Then
    assertThat(ofDefault.at(URI.create(system.loginApi() + "/acme")).create("web", WEB, pkce).status()).isEqualTo(401);
    assertThat(ofAcme.at(system.loginApi()).create("web", WEB, pkce).status()).isEqualTo(401);
    assertThat(ofDefault.create("web", WEB, pkce).status()).isEqualTo(200);
    assertThat(ofAcme.create("web", WEB, pkce).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"openid-configuration", "oauth-authorization-server"})
  void shouldDescribeItselfBehindAndBeforeItsName(String document) throws Exception {
    Answer behind = TokenClient.get(URI.create(system.edge() + "/acme/.well-known/" + document));
    Answer before = TokenClient.get(URI.create(system.edge() + "/.well-known/" + document + "/acme"));

    String issuer = system.publicUrl() + "/acme";
    assertThat(behind.text("issuer")).isEqualTo(issuer);
    assertThat(behind.text("token_endpoint")).isEqualTo(issuer + "/connect/token");
    assertThat(behind.text("device_authorization_endpoint")).isEqualTo(issuer + "/connect/deviceauthorization");
    assertThat(behind.text("jwks_uri")).isEqualTo(issuer + "/.well-known/jwks.json");
    assertThat(before.http().body()).isEqualTo(behind.http().body());
  }

  @Test
  void shouldServeTheSecondNameOfTheTokenEndpoint() throws Exception {
    Answer answer = TokenClient.send(java.net.http.HttpRequest
        .newBuilder(URI.create(system.edge("acme") + "/oauth2/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Authorization", TokenClient.basic("web", system.registry().client("acme", "web").secret()))
        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=orders.read"))
        .build());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nobody/.well-known/jwks.json", "/.well-known/openid-configuration/nobody",
      "/default/.well-known/jwks.json", "/.well-known/jwks.json/acme", "/acme", "/acme/", "/acme/acme/connect/token",
      "/ACME/.well-known/jwks.json", "/%61cme/.well-known/jwks.json", "/acme/health/live"})
  void shouldAnswer404AsJsonWhereThereIsNoSuchTenantOrPath(String path) throws Exception {
    Answer answer = TokenClient.get(URI.create(system.edge() + path));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.text("error_description")).contains("tenant");
  }
}
