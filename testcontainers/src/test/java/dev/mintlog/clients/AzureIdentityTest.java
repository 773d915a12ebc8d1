package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code @azure/identity} on Node.js, unmodified, gets its tokens; managed identities are {@code ManagedIdentityTest}'s. */
@Timeout(300)
class AzureIdentityTest {
  private static final String ORDERS = "https://orders.example/.default";
  private static final String GRAPH = "https://graph.microsoft.com/.default";
  private static final String CALLBACK = "https://azure-app.example/callback";
  private static RunningSystem system;

  @TempDir
  private Path dir;

  @BeforeAll
  static void find() {
    NodeSuite.assumeInstalled("@azure/identity");
    system = RunningSystem.sharedOverTls();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = NodeSuite.runSource(ClientsDocument.setting("azure-identity", up.url()), Map.of(
        "NODE_EXTRA_CA_CERTS", up.authority().file().toString(), "DEMO_SECRET", up.secret("demo-service")));

    assertThat(token.path("token").asText()).startsWith("eyJ");
  }

  @Test
  void shouldGetATokenWithASecret() {
    JsonNode token = application("service").withSecret("client_secret_post").does("secret");

    assertThat(verified(token).getSubject()).isEqualTo("service");
    assertThat(verified(token).getAudience()).containsExactly("https://orders.example");
    assertThat(token.path("expiresOnTimestamp").asLong()).isGreaterThan(System.currentTimeMillis());
  }

  @Test
  void shouldGetATokenWithACertificate() {
    MadeCertificate certificate = system.registry().assertionKeys().certificate();
    NodeRelyingParty application =
        application("certified-signer").with("CLIENT_CERTIFICATE", certificate.pem() + certificate.keyPem());

    assertThat(verified(application.does("certificate")).getSubject()).isEqualTo("certified-signer");
    assertThat(verified(application.does("certificate-chain")).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenWithAnAssertionOfItsOwnMaking() {
    String assertion = WrittenAssertion.of("signer", tokenEndpoint(), Instant.now())
        .signed(system.registry().assertionKeys().ec(), "ES256");

    JsonNode token = application("signer").with("ASSERTION", assertion).does("assertion");

    assertThat(verified(token).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldGetATokenAsAWorkloadOfAnotherPlatform() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), platformToken(300));

    JsonNode token = application("workload").with("ASSERTION_FILE", file.toString()).does("workload-identity");

    assertThat(verified(token).getSubject()).isEqualTo("workload");
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
  void shouldRedeemACode() {
    String code = system.loginApplication().codeWithoutPkce("azure-app", CALLBACK, "scope",
        "user.read openid profile offline_access");

    JsonNode token = application("azure-app").withSecret("client_secret_post").with("SCOPE", GRAPH).with("CODE", code)
        .with("REDIRECT_URI", CALLBACK).does("authorization-code");

    assertSignedIn(token);
  }

  @Test
  void shouldGetATokenOnBehalfOfAUser() throws Exception {
    JsonNode token = application(CalledApi.CLIENT).withSecret("client_secret_post")
        .with("USER_TOKEN", CalledApi.userToken(system)).with("SCOPE", CalledApi.NEXT).does("on-behalf-of");

    CalledApi.assertOnBehalf(verified(token));
    assertThat(token.path("isCached").asBoolean()).as("it finds the token again").isTrue();
  }

  // What its user sees when something is wrong

  @Test
  void shouldSayThatASecretIsWrong() {
    JsonNode refusal = application("service").with("CLIENT_SECRET", "not-it").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("invalid_client", "expected a registered client");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    JsonNode refusal = application("service").withSecret("client_secret_post")
        .with("SCOPE", "https://vault.azure.net/.default").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("invalid_scope", "API resource");
  }

  @Test
  void shouldSayThatAnAssertionHasExpired() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), platformToken(-60));
    String own = WrittenAssertion.of("signer", tokenEndpoint(), Instant.now().minusSeconds(1_200))
        .signed(system.registry().assertionKeys().ec(), "ES256");

    JsonNode refusal = application("signer").with("ASSERTION", own).isRefused("assertion");
    JsonNode ofPlatform = application("workload").with("ASSERTION_FILE", file.toString()).isRefused("workload-identity");

    assertThat(refusal.path("message").asText()).contains("invalid_client", "expired");
    assertThat(ofPlatform.path("message").asText()).contains("invalid_client");
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

    JsonNode refusal = application(withoutLog, "service").withSecret("client_secret_post").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("temporarily_unavailable");
  }

  private static NodeRelyingParty application(String clientId) {
    return application(system, clientId);
  }

  private static NodeRelyingParty application(RunningSystem at, String clientId) {
    return NodeRelyingParty.of(at, "azure-identity.mjs", clientId).with("AZURE_AUTHORITY_HOST", at.publicUrl())
        .with("TENANT", "default").with("SCOPE", ORDERS);
  }

  private static String tokenEndpoint() {
    return system.publicUrl() + "/default/oauth2/v2.0/token";
  }

  private static String platformToken(long seconds) {
    Instant now = Instant.now();
    return WrittenAssertion.of("https://platform.example", "api://exchange", now)
        .claim("sub", "repo:org/x:ref:refs/heads/main").claim("exp", now.getEpochSecond() + seconds)
        .signed(system.registry().assertionKeys().rsa(), "RS256");
  }

  private static void assertSignedIn(JsonNode token) {
    assertThat(verified(token).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(token.path("isCached").asBoolean()).as("it finds the token again").isTrue();
  }

  private static JWTClaimsSet verified(JsonNode token) {
    return system.relyingParty().verified(token.path("token").asText());
  }
}
