package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code @azure/msal-node}, unmodified, gets its tokens and renews them. */
@Timeout(300)
class MsalNodeTest {
  private static final String ORDERS = "https://orders.example/.default";
  private static final String GRAPH = "https://graph.microsoft.com/.default";
  private static final String CALLBACK = "https://azure-app.example/callback";
  private static final String OF_USER = "user.read openid profile offline_access";
  private static RunningSystem system;

  @BeforeAll
  static void find() {
    NodeSuite.assumeInstalled("@azure/msal-node");
    system = RunningSystem.sharedOverTls();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = NodeSuite.runSource(ClientsDocument.setting("msal-node", up.url()), Map.of(
        "NODE_EXTRA_CA_CERTS", up.authority().file().toString(), "DEMO_SECRET", up.secret("demo-service")));

    assertThat(token.path("accessToken").asText()).startsWith("eyJ");
  }

  @Test
  void shouldGetATokenWithASecret() {
    JsonNode token = application("service").withSecret("client_secret_post").does("secret");

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldGetATokenWithACertificate() throws Exception {
    MadeCertificate certificate = system.registry().assertionKeys().certificate();

    JsonNode token = application("certified-signer").with("CLIENT_PRIVATE_KEY", certificate.keyPem())
        .with("THUMBPRINT", HexFormat.of().formatHex(system.registry().assertionKeys().thumbprint("SHA-256")))
        .does("certificate");

    assertThat(verified(token).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenAsAnyOpenidClient() {
    // The plain document will do where an authorization endpoint is configured, which MSAL wants to find there.
    JsonNode token = application("service").withSecret("client_secret_post")
        .with("AUTHORITY", system.publicUrl() + "/default/v2.0").with("SCOPE", "orders.read").does("as-openid-client");

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldGetATokenForTheUserOfADevice() {
    JsonNode token = application("azure-desktop").withConsent(CALLBACK, GRAPH).does("device-code");

    assertSignedIn(token);
  }

  @Test
  void shouldGetATokenForAUsernameAndPassword() {
    JsonNode token = application("azure-till").with("SCOPE", GRAPH).with("USER_NAME", "alice")
        .with("PASSWORD", system.registry().password("alice")).does("password");

    assertSignedIn(token);
  }

  @Test
  void shouldRedeemACodeWithASecret() {
    assertSignedIn(withCode("azure-app").withSecret("client_secret_post").does("authorization-code"));
  }

  @Test
  void shouldRenewATokenWithoutTheUser() {
    JsonNode token = withCode("azure-desktop").does("silent");

    assertSignedIn(token);
    assertThat(token.path("isCached").asBoolean()).as("a token that is good is taken out of the cache").isTrue();
    assertThat(token.path("isRenewed").asBoolean()).isTrue();
  }

  @Test
  void shouldGetATokenOnBehalfOfAUser() throws Exception {
    JsonNode token = application(CalledApi.CLIENT).withSecret("client_secret_post")
        .with("USER_TOKEN", CalledApi.userToken(system)).with("SCOPE", CalledApi.NEXT).does("on-behalf-of");

    CalledApi.assertOnBehalf(verified(token));
    assertThat(token.at("/account/homeAccountId").asText()).isNotEmpty();
  }

  // What its user sees when something is wrong

  @Test
  void shouldSendTheUserBackToSignInWhereTheAuthorizationIsGone() {
    JsonNode refusal = withCode("azure-desktop").isRefused("silent-after-revocation");

    assertThat(refusal.path("name").asText()).isEqualTo("InteractionRequiredAuthError");
  }

  @Test
  void shouldSayThatASecretIsWrong() {
    JsonNode refusal = application("service").with("CLIENT_SECRET", "not-it").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("invalid_client", "expected a registered client");
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

    JsonNode refusal = application(withoutLog, "service").withSecret("client_secret_post").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("temporarily_unavailable");
  }

  private static NodeRelyingParty withCode(String clientId) {
    Pkce pkce = Pkce.random();
    return application(clientId).with("SCOPE", GRAPH).with("REDIRECT_URI", CALLBACK).with("CODE_VERIFIER", pkce.verifier())
        .with("CODE", system.loginApplication().code(clientId, CALLBACK, pkce, "scope", OF_USER));
  }

  private static NodeRelyingParty application(String clientId) {
    return application(system, clientId);
  }

  private static NodeRelyingParty application(RunningSystem at, String clientId) {
    return NodeRelyingParty.of(at, "msal-node.mjs", clientId).with("AUTHORITY", at.publicUrl() + "/default")
        .with("SCOPE", ORDERS);
  }

  private static void assertSignedIn(JsonNode result) {
    assertThat(verified(result).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(result.at("/account/homeAccountId").asText()).isNotEmpty();
    assertThat(result.at("/idTokenClaims/oid").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(result.at("/account/tenantId").asText()).isNotEmpty();
  }

  private static JWTClaimsSet verified(JsonNode result) {
    return system.relyingParty().verified(result.path("accessToken").asText());
  }
}
