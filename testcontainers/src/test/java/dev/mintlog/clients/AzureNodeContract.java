package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningIdentityAgent;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What each of Microsoft's libraries on Node.js, unmodified, does against Mintlog, over TLS. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AzureNodeContract {
  static final String GRAPH = "https://graph.microsoft.com/.default";
  static final String CALLBACK = "https://azure-app.example/callback";
  static final String OF_USER = "user.read openid profile offline_access";

  private final String library;
  private final String script;
  private RunningSystem system;

  AzureNodeContract(String library, String script) {
    this.library = library;
    this.script = script;
  }

  @BeforeAll
  void find() {
    NodeSuite.assumeInstalled(library);
    system = RunningSystem.sharedOverTls();
  }

  @Test
  void shouldGetATokenWithASecret() {
    JsonNode token = application("service").withSecret("client_secret_post").does("secret");

    assertThat(verified(token).getSubject()).isEqualTo("service");
    assertThat(verified(token).getAudience()).containsExactly("https://orders.example");
  }

  @Test
  void shouldGetATokenWithACertificate() {
    assertThat(verified(certified().does("certificate")).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenWithAnAssertionOfItsOwnMaking() {
    JsonNode token = application("signer").with("ASSERTION", own(Instant.now())).does("assertion");

    assertThat(verified(token).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldGetATokenWithAnAssertionOfThePlatform() {
    JsonNode token = application("workload").with("ASSERTION", AzureClients.ofThePlatform(system, inFiveMinutes()))
        .does("assertion");

    assertThat(verified(token).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldGetATokenForTheUserOfADevice() {
    assertSignedIn(application("azure-desktop").withConsent(CALLBACK, GRAPH).does("device-code"));
  }

  @Test
  void shouldGetATokenForAUsernameAndPassword() {
    assertSignedIn(application("azure-till").with("SCOPE", GRAPH).with("USER_NAME", "alice")
        .with("PASSWORD", system.registry().password("alice")).does("password"));
  }

  @Test
  void shouldGetATokenOnBehalfOfAUser() throws Exception {
    JsonNode token = application(CalledApi.CLIENT).withSecret("client_secret_post")
        .with("USER_TOKEN", CalledApi.userToken(system)).with("SCOPE", CalledApi.NEXT).does("on-behalf-of");

    CalledApi.assertOnBehalf(verified(token));
  }

  @Test
  void shouldGetATokenOfTheHostsManagedIdentity() {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").start()) {
      JsonNode token = application("service").with("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url())
          .does("managed-identity");

      assertThat(verified(token).getSubject()).isEqualTo("service");
    }
  }

  @Test
  void shouldGetATokenOfAManagedIdentityInTheAppServiceForm() {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").withHeader("mine").start()) {
      JsonNode token = application("service").with("IDENTITY_ENDPOINT", agent.url() + "/msi/token")
          .with("IDENTITY_HEADER", "mine").does("managed-identity");

      assertThat(verified(token).getSubject()).isEqualTo("service");
    }
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
  void shouldSayThatAnAssertionHasExpired() {
    JsonNode refusal =
        application("signer").with("ASSERTION", own(Instant.now().minusSeconds(1_200))).isRefused("assertion");
    JsonNode ofPlatform = application("workload")
        .with("ASSERTION", AzureClients.ofThePlatform(system, Instant.now().minusSeconds(300))).isRefused("assertion");

    assertThat(refusal.path("message").asText()).contains("invalid_client", "expired");
    assertThat(ofPlatform.path("message").asText()).contains("invalid_client").containsPattern("it expired 3\\d\\d s ago");
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

    JsonNode refusal = application(withoutLog, "service").withSecret("client_secret_post").isRefused("secret");

    assertThat(refusal.path("message").asText()).contains("temporarily_unavailable", "expected the log");
  }

  /** Where the library is told to look for its authority. */
  abstract NodeRelyingParty at(NodeRelyingParty application);

  /** The access token in what a deed came to. */
  abstract String accessToken(JsonNode outcome);

  /** What the library says of the user, beside a token that is hers. */
  abstract void assertKnowsTheUser(JsonNode outcome);

  final void assertSignedIn(JsonNode outcome) {
    assertThat(verified(outcome).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertKnowsTheUser(outcome);
  }

  final NodeRelyingParty application(String clientId) {
    return application(system, clientId);
  }

  private NodeRelyingParty application(RunningSystem elsewhere, String clientId) {
    return at(NodeRelyingParty.of(elsewhere, script, clientId)).with("SCOPE", AzureClients.SCOPE);
  }

  final NodeRelyingParty withCode(String clientId) {
    Pkce pkce = Pkce.random();
    return application(clientId).with("SCOPE", GRAPH).with("REDIRECT_URI", CALLBACK).with("CODE_VERIFIER", pkce.verifier())
        .with("CODE", system.loginApplication().code(clientId, CALLBACK, pkce, "scope", OF_USER));
  }

  final NodeRelyingParty certified() {
    MadeCertificate certificate = system.registry().assertionKeys().certificate();
    return application("certified-signer").with("CLIENT_CERTIFICATE", certificate.pem() + certificate.keyPem())
        .with("CLIENT_PRIVATE_KEY", certificate.keyPem())
        .with("THUMBPRINT", HexFormat.of().formatHex(system.registry().assertionKeys().thumbprint("SHA-256")));
  }

  /** Runs a setting of the document where {@code up --tls} serves. */
  final JsonNode fromUp(UpProcess up, String setting) {
    return NodeSuite.runSource(setting, Map.of(
        "NODE_EXTRA_CA_CERTS", up.authority().file().toString(), "DEMO_SECRET", up.secret("demo-service")));
  }

  final RunningSystem system() {
    return system;
  }

  final JWTClaimsSet verified(JsonNode outcome) {
    return system.relyingParty().verified(accessToken(outcome));
  }

  static Instant inFiveMinutes() {
    return Instant.now().plusSeconds(300);
  }

  private String own(Instant madeAt) {
    return WrittenAssertion.of("signer", system.publicUrl() + "/default/oauth2/v2.0/token", madeAt)
        .signed(system.registry().assertionKeys().ec(), "ES256");
  }
}
