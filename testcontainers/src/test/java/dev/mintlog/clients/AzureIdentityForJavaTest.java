package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.Forwarder;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.RunningIdentityAgent;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The credentials of Azure Identity for Java get their tokens from Mintlog. */
@Timeout(300)
class AzureIdentityForJavaTest {
  private static final String CALLBACK = "https://older.example/callback";

  @TempDir
  static Path dir;

  private static RunningSystem system;
  private static ClientProcess azure;

  @BeforeAll
  static void start() {
    system = RunningSystem.sharedOverTls();
    azure = AzureClients.start(Map.of(), system);
  }

  @AfterAll
  static void stop() {
    if (azure != null) {
      azure.close();
    }
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    String token = ClientProcess.run("azure", ClientsDocument.setting("azure-identity-java", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")), up.authority().jvmOptions());

    assertThat(token.split("\\.")).as("a JWT").hasSize(3);
  }

  @Test
  void shouldGetATokenWithASecret() throws Exception {
    Map<String, String> token = azure.does("identity/client-secret", AzureClients.withSecret(system, "service"));

    assertThat(verified(token).getSubject()).isEqualTo("service");
    assertThat(verified(token).getAudience()).containsExactly("https://orders.example");
    assertThat(Instant.parse(token.get("expires_at")))
        .isBetween(Instant.now(), verified(token).getExpirationTime().toInstant().plusSeconds(5));
  }

  @Test
  void shouldGetATokenWithACertificate() throws Exception {
    Map<String, String> token =
        azure.does("identity/client-certificate", AzureClients.withCertificate(system, dir));

    assertThat(verified(token).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenWithAnAssertionOfThePlatform() throws Exception {
    Map<String, String> token = azure.does("identity/assertion",
        AzureClients.request(system, "workload",
            "assertion", AzureClients.ofThePlatform(system, Instant.now().plusSeconds(300))));

    assertThat(verified(token).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldGetATokenWithTheTokenFileOfAWorkload() throws Exception {
    Path file = Files.writeString(
        dir.resolve("token"), AzureClients.ofThePlatform(system, Instant.now().plusSeconds(300)));

    Map<String, String> token = azure.does("identity/workload",
        AzureClients.request(system, "workload", "token_file", file.toString()));

    assertThat(verified(token).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldGetATokenWithADeviceCode() throws Exception {
    Map<String, String> shown = azure.does("identity/device-code", AzureClients.request(system, "tv"));
    system.loginApplication().approve(shown.get("user_code"));

    Map<String, String> token = azure.does("device-tokens");

    assertThat(verified(token).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(shown.get("message")).contains(shown.get("user_code"));
  }

  /** Where a token is about to end. As MSAL for Java does, it asks the host without its port. */
  @Test
  void shouldRenewATokenWithoutTheUserAtPort443() throws Exception {
    try (Forwarder proxy = Forwarder.asProxyTo(URI.create(system.publicUrl()).getPort());
        ClientProcess behind = AzureClients.startBehind(proxy, system)) {
      Map<String, String> shown = behind.does("identity/device-code", AzureClients.request(system, "azure-brief",
          "host", "https://localhost", "scope", "https://graph.microsoft.com/.default"));
      system.loginApplication().approve(shown.get("user_code"));

      Map<String, String> token = behind.does("device-tokens");

      assertThat(token.get("renewed")).isNotEqualTo(token.get("access_token"));
      assertThat(token).as("how often the user was asked").containsEntry("prompts", "1");
      assertThat(system.relyingParty().verified(token.get("renewed")).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    }
  }

  @Test
  void shouldGetATokenWithAPassword() throws Exception {
    Map<String, String> token = azure.does("identity/username-password", AzureClients.request(system, "public-till",
        "username", "alice", "password", system.registry().password("alice")));

    assertThat(verified(token).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldRedeemACode() throws Exception {
    Map<String, String> token = azure.does("identity/authorization-code",
        AzureClients.withSecret(system, "older-web", "code", codeWithoutPkce(), "redirect_uri", CALLBACK));

    assertThat(verified(token).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldGetATokenOnBehalfOfAUser() throws Exception {
    Map<String, String> token = azure.does("identity/on-behalf-of", AzureClients.withSecret(system, CalledApi.CLIENT,
        "user_assertion", CalledApi.userToken(system), "scope", CalledApi.NEXT));

    CalledApi.assertOnBehalf(verified(token));
  }

  // Its path begins with two slashes.
  @Test
  void shouldGetATokenOfTheHostsManagedIdentity() throws Exception {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").start()) {
      assertManaged(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url()));
    }
  }

  @Test
  void shouldGetATokenOfAManagedIdentityInTheAppServiceForm() throws Exception {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").withHeader("mine").start()) {
      assertManaged(
          Map.of("IDENTITY_ENDPOINT", agent.url() + "/msi/token", "IDENTITY_HEADER", "mine"));
    }
  }

  private static void assertManaged(Map<String, String> environment) {
    Map<String, String> token = AzureClients.ofManagedIdentity(system, "identity/managed-identity", environment);

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldSayThatASecretIsWrong() {
    assertThat(azure.failsAt("identity/client-secret", AzureClients.withSecret(system, "service", "secret", "not-it")))
        .contains("MsalServiceException: expected a registered client and its secret");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    assertThat(azure.failsAt("identity/client-secret",
        AzureClients.withSecret(system, "service", "scope", "https://unknown.example/.default")))
        .contains("expected the name of a registered API resource before /.default");
  }

  @Test
  void shouldSayThatAnAssertionExpired() {
    assertThat(azure.failsAt("identity/assertion", AzureClients.request(system, "workload",
        "assertion", AzureClients.ofThePlatform(system, Instant.now().minusSeconds(300)))))
        .containsPattern("it expired 3\\d\\d s ago");
  }

  @Test
  void shouldSayThatMintlogIsNotAvailableWithoutItsLog() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();
    try (ClientProcess elsewhere = AzureClients.start(Map.of(), withoutLog)) {
      assertThat(elsewhere.failsAt("identity/client-secret",
          AzureClients.withSecret(withoutLog, "service", "retries", "none")))
          .contains("MsalServiceException: expected the log to take the request");
    }
  }

  private static String codeWithoutPkce() {
    Answer consent = system.loginApplication().post("/login/authorizations", Map.of("client_id", "older-web", "subject",
        LoginApplication.SUBJECT, "redirect_uri", CALLBACK, "scope", "openid profile offline_access orders.read"));
    assertThat(consent.has("code")).as(consent.toString()).isTrue();
    return consent.text("code");
  }

  private static JWTClaimsSet verified(Map<String, String> token) {
    return system.relyingParty().verified(token.get("access_token"));
  }
}
