package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.clients.powershell.CmdletException;
import dev.mintlog.clients.powershell.CommandLine;
import dev.mintlog.clients.powershell.JsonWebTokens;
import dev.mintlog.clients.powershell.PowerShellSession;
import dev.mintlog.clients.powershell.PsAuthClient;
import dev.mintlog.clients.powershell.PsJwtAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PSAuthClient, byte by byte: every parameter set of its cmdlets in each PowerShell, with hashtables in any order, and the
 * acceptance tests of its authors as far as no browser is in them.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sessions")
class PsAuthClientTest {
  private static final String NATIVE_CLIENT = "https://login.microsoftonline.com/common/oauth2/nativeclient";
  private static final String SCOPE = "user.read openid offline_access";
  private static final List<String> SECRET_METHODS =
      List.of("client_secret_basic", "client_secret_post", "client_secret_jwt");

  private final RunningSystem system = RunningSystem.shared();
  private final String tokenEndpoint = system.publicUrl() + "/connect/token";
  private final PowerShellSession session;
  private final PsAuthClient cmdlets;

  PsAuthClientTest(PowerShellSession session) {
    this.session = session;
    this.cmdlets = new PsAuthClient(session);
  }

  static Stream<PowerShellSession> sessions() {
    return PowerShellSession.ofEach();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.shared();
    CommandLine call = CommandLine.of(ClientsDocument.setting("psauthclient", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")));
    assertThat(call.cmdlet()).isEqualTo("Invoke-OAuth2TokenEndpoint");

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint(call.namesAndValues());

    assertBearer(token);
    assertThat(token.path("scope").asText()).contains("orders.read");
  }

  // Its authors' tests

  @Test
  void shouldRedeemACodeWithPkce() {
    Pkce pkce = Pkce.random();
    String code = code("psauth-native", pkce, "nonce", "Zm9yIHRoaXMgc2lnbi1pbg");

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", code, "-code_verifier", pkce.verifier(), "-nonce",
        "Zm9yIHRoaXMgc2lnbi1pbg", "-customHeaders", Map.of("User-Agent", "PSAuthClient/1.2.0"));

    assertOidcTokens(token);
  }

  /** {@code -usePkce:$false} of a public client, which is registered with {@code requirePkce: false}. */
  @Test
  void shouldRedeemACodeOfAPublicClientWithoutPkce() {
    String code = system.loginApplication().codeWithoutPkce("psauth-plain", NATIVE_CLIENT, "scope", SCOPE, "nonce", "123456");

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-plain", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", code, "-nonce", "123456");

    assertOidcTokens(token);
  }

  @Test
  void shouldGetNoCodeForAPublicClientThatHasToUsePkce() {
    Answer refusal = system.loginApplication().post("/login/authorizations", Map.of("client_id", "psauth-native", "subject",
        LoginApplication.SUBJECT, "redirect_uri", NATIVE_CLIENT, "scope", SCOPE));

    assertThat(refusal.error()).isEqualTo("invalid_request");
    assertThat(refusal.text("error_description")).contains("expected a code_challenge (S256)");
  }

  @Test
  void shouldRedeemACodeWithoutPkce() {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", codeWithoutPkce("psauth-app"), "-client_secret", secret("psauth-app"));

    assertOidcTokens(token);
  }

  @Test
  void shouldRedeemACodeWithPkceAndASecret() {
    Pkce pkce = Pkce.random();
    String code = code("psauth-app", pkce);

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-redirect_uri",
        NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier(), "-client_secret", secret("psauth-app"));

    assertOidcTokens(token);
  }

  @Test
  void shouldRefreshWithTheNonceOfTheSignIn() {
    // Given a verifier with every character that one may have
    Pkce pkce = Pkce.of("8NeBSoR~K2yhd-Pz_mV~XX8qjGTRGQ5Wu9WFpM5CpN8o72ib3jfGyB-z9PoGJUF.xg9p-V");
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native", "-redirect_uri",
        NATIVE_CLIENT, "-code", code("psauth-native", pkce, "nonce", "123456"), "-code_verifier", pkce.verifier());

    // When
    JsonNode refreshed = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-refresh_token",
        token.path("refresh_token").asText(), "-client_id", "psauth-native", "-scope", SCOPE, "-nonce", "123456");

    // Then
    assertOidcTokens(refreshed);
    assertThat(refreshed.path("refresh_token").asText()).isNotEqualTo(token.path("refresh_token").asText());
  }

  @Test
  void shouldAskForADeviceAndRedeemItsCode() {
    // Given
    JsonNode device = cmdlets.invokeOAuth2DeviceAuthorizationEndpoint("-uri",
        system.publicUrl() + "/connect/deviceauthorization", "-client_id", "psauth-native", "-scope", SCOPE);
    assertThat(device.path("device_code").asText()).isNotEmpty();
    assertThat(device.path("verification_uri").asText()).isNotEmpty();
    assertThat(device.path("expires_in").asLong()).isGreaterThan(60);
    assertThat(device.path("message").asText()).contains(device.path("user_code").asText());
    assertThat(device.path("interval").isNumber()).isTrue();

    // When it polls before the user has approved
    CmdletException pending = refused(() -> poll(device));
    system.loginApplication().approve(device.path("user_code").asText());

    // Then
    assertThat(pending.error()).isEqualTo("authorization_pending");
    assertOidcTokens(poll(device));
  }

  @Test
  void shouldGetClientCredentialsWithEachMethod() {
    for (String method : SECRET_METHODS) {
      String client = clientOf(method);
      JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", client, "-scope", "user.read",
          "-redirect_uri", NATIVE_CLIENT, "-client_secret", secret(client), "-client_auth_method", method);

      assertClientCredentials(token, client);
    }
  }

  @Test
  void shouldGetClientCredentialsWithACertificate() {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-certified", "-scope",
        "user.read", "-redirect_uri", NATIVE_CLIENT, "-client_certificate", keys().certificate());

    assertClientCredentials(token, "psauth-certified");
  }

  // The other parameters

  @Test
  void shouldGetClientCredentialsWithAnRsaKeyThatNothingNames() throws Exception {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-key", "-scope",
        "user.read", "-client_certificate", keys().rsa().toRSAPrivateKey());

    assertClientCredentials(token, "psauth-key");
  }

  @Test
  void shouldGetAllScopesWithoutAskingForAny() {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-client_secret",
        secret("psauth-app"));

    assertClientCredentials(token, "psauth-app");
  }

  @Test
  void shouldTakeSecretsOfAnyCharactersWithEachMethod() {
    // One looks as if it were form-encoded; one could not be.
    for (String client : List.of("odd-psauth-argon2", "oddest-psauth-argon2")) {
      for (String method : List.of("client_secret_basic", "client_secret_post")) {
        JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", client, "-scope", "user.read",
            "-client_secret", secret(client), "-client_auth_method", method);

        assertClientCredentials(token, client);
      }
    }
  }

  @Test
  void shouldRedeemAndRefreshWithEachMethod() {
    for (String method : SECRET_METHODS) {
      String client = clientOf(method);
      Object[] credential = {"-client_secret", secret(client), "-client_auth_method", method};

      assertOidcTokens(redeemedAndRefreshed(client, credential));
    }
    assertOidcTokens(redeemedAndRefreshed("psauth-certified", "-client_certificate", keys().certificate()));
  }

  @Test
  void shouldTakeTheTokenEndpointAsItIsTyped() {
    for (String typed : List.of(system.publicUrl() + "/oauth2/token", tokenEndpoint + "?client=psauth")) {
      JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", typed, "-client_id", "psauth-certified", "-scope",
          "user.read", "-client_certificate", keys().certificate());

      assertClientCredentials(token, "psauth-certified");
    }
  }

  /** {@code -jwtAssertion}: nothing goes out beside the assertion, so it has to say who the client is. */
  @Test
  void shouldGetATokenForAnAssertionAlone() throws Exception {
    String assertion = new PsJwtAssertion(session, "robot", "s-ada", tokenEndpoint)
        .ofCertificate(keys().rsa().toRSAPrivateKey());

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-jwtAssertion", assertion);

    assertBearer(token);
    JWTClaimsSet claims = system.relyingParty().verified(token.path("access_token").asText());
    assertThat(claims.getSubject()).isEqualTo("s-ada");
    assertThat(claims.getStringClaim("client_id")).isEqualTo("robot");
  }

  @Test
  void shouldSayWhatIsMissingWhereNothingButAClientIsNamed() {
    CmdletException refusal =
        refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native"));

    assertThat(refusal.error()).isEqualTo("invalid_request");
    assertThat(refusal.description()).contains("grant_type");
  }

  // What it makes of tokens

  @Test
  void shouldVerifySignaturesWithTheCertificateThatIsPublished() {
    String rs256 = system.client("service").clientCredentials().accessToken();
    String es256 = system.client("service-es256").clientCredentials().accessToken();

    assertThat(JsonWebTokens.testJsonWebTokenSignature(session, rs256)).isTrue();
    assertThat(JsonWebTokens.testJsonWebTokenSignature(session, es256)).isTrue();
    String another = system.client("service").clientCredentials().accessToken();
    assertThat(JsonWebTokens.testJsonWebTokenSignature(session, rs256.substring(0, rs256.lastIndexOf('.'))
        + another.substring(another.lastIndexOf('.')))).isFalse();
  }

  @Test
  void shouldReadTheMetadata() {
    JsonNode metadata = JsonWebTokens.getOidcDiscoveryMetadata(session, system.publicUrl());

    assertThat(metadata.path("issuer").asText()).isEqualTo(system.publicUrl());
    assertThat(metadata.path("token_endpoint").asText()).isEqualTo(tokenEndpoint);
    assertThat(metadata.path("jwks_uri").asText()).isNotEmpty();
  }

  @Test
  void shouldNoticeAnotherNonce() {
    Pkce pkce = Pkce.random();
    String code = code("psauth-native", pkce, "nonce", "of-this-sign-in");

    assertThatThrownBy(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native",
        "-redirect_uri", NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier(), "-nonce", "of-another"))
        .hasMessageContaining("nonce mismatch");
  }

  // What its user sees when something is wrong

  @Test
  void shouldSayThatASecretIsWrong() {
    for (String method : SECRET_METHODS) {
      CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
          clientOf(method), "-client_secret", "not-it", "-client_auth_method", method));

      assertThat(refusal.error()).as(method).isEqualTo("invalid_client");
      assertThat(refusal.description()).startsWith("expected").doesNotContain("not-it");
    }
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
        "psauth-app", "-client_secret", secret("psauth-app"), "-scope", "user.read mail.send"));

    assertThat(refusal.error()).isEqualTo("invalid_scope");
    assertThat(refusal.description()).startsWith("expected");
  }

  @Test
  void shouldSayThatAnAssertionHasExpired() {
    PsAuthClient late = new PsAuthClient(
        session.withClock(Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofMinutes(-10))));

    CmdletException refusal = refused(() -> late.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
        "psauth-certified", "-client_certificate", keys().certificate()));

    assertThat(refusal.error()).isEqualTo("invalid_client");
    assertThat(refusal.description()).contains("expired");
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

    CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", withoutLog.edge() + "/connect/token",
        "-client_id", "psauth-app", "-client_secret", withoutLog.registry().client("psauth-app").secret()));

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.error()).isEqualTo("temporarily_unavailable");
  }

  private JsonNode redeemedAndRefreshed(String client, Object... credential) {
    Pkce pkce = Pkce.random();
    String code = code(client, pkce);
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint(with(credential, "-uri", tokenEndpoint, "-client_id", client,
        "-redirect_uri", NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier()));
    return cmdlets.invokeOAuth2TokenEndpoint(with(credential, "-uri", tokenEndpoint, "-client_id", client, "-redirect_uri",
        NATIVE_CLIENT, "-refresh_token", token.path("refresh_token").asText(), "-scope", SCOPE));
  }

  private JsonNode poll(JsonNode device) {
    return cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-device_code", device.path("device_code").asText(),
        "-client_id", "psauth-native");
  }

  private String code(String client, Pkce pkce, String... more) {
    return system.loginApplication().code(client, NATIVE_CLIENT, pkce, with(more, "scope", SCOPE));
  }

  private String codeWithoutPkce(String client) {
    return system.loginApplication().codeWithoutPkce(client, NATIVE_CLIENT, "scope", SCOPE);
  }

  private String secret(String client) {
    return system.registry().client(client).secret();
  }

  private AssertionKeys keys() {
    return system.registry().assertionKeys();
  }

  private static String clientOf(String method) {
    return method.equals("client_secret_jwt") ? "psauth-mac" : "psauth-app";
  }

  /** What its authors expect of a token response that a sign-in ends in. */
  private void assertOidcTokens(JsonNode token) {
    assertBearer(token);
    assertThat(token.path("scope").asText()).contains("user.read");
    assertThat(token.path("refresh_token").asText()).isNotEmpty();
    assertThat(token.path("id_token").asText()).isNotEmpty();
    assertThat(system.relyingParty().verified(token.path("access_token").asText()).getSubject())
        .isEqualTo(LoginApplication.SUBJECT);
  }

  private void assertClientCredentials(JsonNode token, String client) {
    assertBearer(token);
    assertThat(system.relyingParty().verified(token.path("access_token").asText()).getSubject()).isEqualTo(client);
    assertThat(token.has("refresh_token")).isFalse();
  }

  private static void assertBearer(JsonNode token) {
    assertThat(token.path("token_type").asText()).isEqualTo("Bearer");
    assertThat(token.path("expires_in").isNumber()).isTrue();
    assertThat(token.path("expires_in").asLong()).isGreaterThan(60);
    assertThat(Instant.parse(token.path("expiry_datetime").asText())).isAfter(Instant.now());
    assertThat(JsonWebTokens.convertFromJsonWebToken(token.path("access_token").asText()).path("iss").asText()).isNotEmpty();
  }

  private static CmdletException refused(Runnable call) {
    CmdletException refusal = catchThrowableOfType(CmdletException.class, call::run);
    assertThat(refusal).as("expected the cmdlet to throw").isNotNull();
    return refusal;
  }

  private static String[] with(String[] more, String... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  private static Object[] with(Object[] more, Object... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
  }
}
