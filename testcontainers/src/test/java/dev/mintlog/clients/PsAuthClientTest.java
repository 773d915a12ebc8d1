package dev.mintlog.clients;

import static dev.mintlog.clients.PsAuthClients.NATIVE_CLIENT;
import static dev.mintlog.clients.PsAuthClients.SCOPE;
import static dev.mintlog.clients.PsAuthClients.SECRET_METHODS;
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
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * PSAuthClient, byte by byte: every parameter set of its cmdlets in each PowerShell, with hashtables in any order. What its
 * authors test is in {@link PsAuthClientAcceptanceTest}.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("sessions")
class PsAuthClientTest {
  private final RunningSystem system = RunningSystem.shared();
  private final String tokenEndpoint = system.publicUrl() + "/connect/token";
  private final PsAuthClients clients = new PsAuthClients(system);
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

    PsAuthClients.assertBearer(token);
    assertThat(token.path("scope").asText()).contains("orders.read");
  }

  // The other parameters

  @Test
  void shouldGetNoCodeForAPublicClientThatHasToUsePkce() {
    Answer refusal = system.loginApplication().post("/login/authorizations", Map.of("client_id", "psauth-native", "subject",
        LoginApplication.SUBJECT, "redirect_uri", NATIVE_CLIENT, "scope", SCOPE));

    assertThat(refusal.error()).isEqualTo("invalid_request");
    assertThat(refusal.text("error_description")).contains("expected a code_challenge (S256)");
  }

  @Test
  void shouldGetClientCredentialsWithAnRsaKeyThatNothingNames() throws Exception {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-key", "-scope",
        "user.read", "-client_certificate", clients.keys().rsa().toRSAPrivateKey());

    clients.assertClientCredentials(token, "psauth-key");
  }

  @Test
  void shouldGetAllScopesWithoutAskingForAny() {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-client_secret",
        clients.secret("psauth-app"));

    clients.assertClientCredentials(token, "psauth-app");
  }

  @Test
  void shouldTakeSecretsOfAnyCharactersWithEachMethod() {
    // One looks as if it were form-encoded; one could not be.
    for (String client : List.of("odd-psauth-argon2", "oddest-psauth-argon2")) {
      for (String method : List.of("client_secret_basic", "client_secret_post")) {
        JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", client, "-scope", "user.read",
            "-client_secret", clients.secret(client), "-client_auth_method", method);

        clients.assertClientCredentials(token, client);
      }
    }
  }

  @Test
  void shouldRedeemAndRefreshWithEachMethod() {
    for (String method : SECRET_METHODS) {
      String client = PsAuthClients.clientOf(method);
      Object[] credential = {"-client_secret", clients.secret(client), "-client_auth_method", method};

      clients.assertOidcTokens(redeemedAndRefreshed(client, credential));
    }
    clients.assertOidcTokens(redeemedAndRefreshed("psauth-certified", "-client_certificate", clients.keys().certificate()));
  }

  @Test
  void shouldTakeTheTokenEndpointAsItIsTyped() {
    // Windows PowerShell 5.1 escapes the ampersand in the JSON of the assertion.
    for (String typed : List.of(system.publicUrl() + "/oauth2/token", tokenEndpoint + "?client=psauth",
        tokenEndpoint + "?client=psauth&slice=testslice")) {
      JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", typed, "-client_id", "psauth-certified", "-scope",
          "user.read", "-client_certificate", clients.keys().certificate());

      clients.assertClientCredentials(token, "psauth-certified");
    }
  }

  /** {@code -jwtAssertion}: nothing goes out beside the assertion, so it has to say who the client is. */
  @Test
  void shouldGetATokenForAnAssertionAlone() throws Exception {
    String assertion = new PsJwtAssertion(session, "robot", "s-ada", tokenEndpoint)
        .ofCertificate(clients.keys().rsa().toRSAPrivateKey());

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-jwtAssertion", assertion);

    PsAuthClients.assertBearer(token);
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
    String code = clients.code("psauth-native", pkce, "nonce", "of-this-sign-in");

    assertThatThrownBy(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native",
        "-redirect_uri", NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier(), "-nonce", "of-another"))
        .hasMessageContaining("nonce mismatch");
  }

  // What its user sees when something is wrong

  @Test
  void shouldSayThatASecretIsWrong() {
    for (String method : SECRET_METHODS) {
      CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
          PsAuthClients.clientOf(method), "-client_secret", "not-it", "-client_auth_method", method));

      assertThat(refusal.error()).as(method).isEqualTo("invalid_client");
      assertThat(refusal.description()).startsWith("expected").doesNotContain("not-it");
    }
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
        "psauth-app", "-client_secret", clients.secret("psauth-app"), "-scope", "user.read mail.send"));

    assertThat(refusal.error()).isEqualTo("invalid_scope");
    assertThat(refusal.description()).startsWith("expected");
  }

  @Test
  void shouldSayThatDefaultIsNoScopeOfThePlainEndpoint() {
    CmdletException refusal = refused(() -> cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
        "psauth-app", "-client_secret", clients.secret("psauth-app"), "-scope", ".default"));

    assertThat(refusal.error()).isEqualTo("invalid_scope");
  }

  @Test
  void shouldSayThatAnAssertionHasExpired() {
    PsAuthClient late = new PsAuthClient(
        session.withClock(Clock.offset(Clock.system(ZoneOffset.UTC), Duration.ofMinutes(-10))));

    CmdletException refusal = refused(() -> late.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id",
        "psauth-certified", "-client_certificate", clients.keys().certificate()));

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
    String code = clients.code(client, pkce);
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint(with(credential, "-uri", tokenEndpoint, "-client_id", client,
        "-redirect_uri", NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier()));
    return cmdlets.invokeOAuth2TokenEndpoint(with(credential, "-uri", tokenEndpoint, "-client_id", client, "-redirect_uri",
        NATIVE_CLIENT, "-refresh_token", token.path("refresh_token").asText(), "-scope", SCOPE));
  }

  private static CmdletException refused(Runnable call) {
    CmdletException refusal = catchThrowableOfType(CmdletException.class, call::run);
    assertThat(refusal).as("expected the cmdlet to throw").isNotNull();
    return refusal;
  }

  private static Object[] with(Object[] more, Object... first) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray();
  }
}
