package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.Forwarder;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningIdentityAgent;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** MSAL for Java, used as it is, gets its tokens from Mintlog. */
@Timeout(300)
class Msal4jTest {
  private static final String CALLBACK = "https://web.example/callback";

  @TempDir
  static Path dir;

  private static RunningSystem system;
  private static ClientProcess msal;

  @BeforeAll
  static void start() {
    system = RunningSystem.sharedOverTls();
    msal = AzureClients.start(Map.of(), system);
  }

  @AfterAll
  static void stop() {
    if (msal != null) {
      msal.close();
    }
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    String token = ClientProcess.run("azure", ClientsDocument.setting("msal4j", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")), up.authority().jvmOptions());

    assertThat(token.split("\\.")).as("a JWT").hasSize(3);
  }

  @Test
  void shouldGetATokenWithASecret() {
    Map<String, String> tokens = msal.does("msal/client-secret", AzureClients.withSecret(system, "service"));

    assertThat(verified(tokens).getSubject()).isEqualTo("service");
    assertThat(verified(tokens).getAudience()).containsExactly("https://orders.example");
  }

  @Test
  void shouldGetATokenInTheFormOfAdfs() {
    Map<String, String> tokens = msal.does("msal/client-secret", AzureClients.withSecret(system, "service", "tenant", "adfs"));

    assertThat(verified(tokens).getSubject()).isEqualTo("service");
  }

  // Its thumbprint of the certificate is in base64 with padding.
  @Test
  void shouldGetATokenWithACertificate() {
    Map<String, String> tokens =
        msal.does("msal/client-certificate", AzureClients.withCertificate(system, dir));

    assertThat(verified(tokens).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenWithAnAssertionOfThePlatform() {
    Map<String, String> tokens = msal.does("msal/assertion", AzureClients.request(system, "workload", "assertion",
        AzureClients.ofThePlatform(system, Instant.now().plusSeconds(300))));

    assertThat(verified(tokens).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldGetATokenWithADeviceCode() {
    Map<String, String> shown = msal.does("msal/device-code", AzureClients.request(system, "tv"));
    system.loginApplication().approve(shown.get("user_code"));

    Map<String, String> tokens = msal.does("device-tokens");

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.get("account")).isNotEmpty();
    assertThat(shown.get("message")).contains(shown.get("user_code"));
  }

  @Test
  void shouldGetATokenWithAPassword() {
    Map<String, String> tokens = msal.does("msal/username-password", AzureClients.request(system, "public-till",
        "username", "alice", "password", system.registry().password("alice")));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldRedeemACodeWithPkce() {
    Map<String, String> tokens = msal.does("msal/authorization-code", code());

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.get("account")).contains(LoginApplication.SUBJECT);
  }

  @Test
  void shouldGetATokenOnBehalfOfAUser() throws Exception {
    Map<String, String> tokens = msal.does("msal/on-behalf-of", AzureClients.withSecret(system, CalledApi.CLIENT,
        "user_assertion", CalledApi.userToken(system), "scope", CalledApi.NEXT));

    CalledApi.assertOnBehalf(verified(tokens));
  }

  // Its cache knows the host without the port, and it asks there unless it is told the authority again.
  @Test
  void shouldRenewATokenSilentlyWhereItIsToldTheAuthorityAgain() {
    Map<String, String> tokens = msal.does("msal/renewed-at-authority", code());

    assertThat(tokens.get("access_token")).isNotEqualTo(tokens.get("first_access_token"));
    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldGetATokenOfTheHostsManagedIdentity() {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").start()) {
      Map<String, String> tokens = AzureClients.ofManagedIdentity(system, "msal/managed-identity",
          Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url()));

      assertThat(verified(tokens).getSubject()).isEqualTo("service");
    }
  }

  @Test
  void shouldGetATokenOfAManagedIdentityInTheAppServiceForm() {
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "service").withHeader("mine").start()) {
      Map<String, String> tokens = AzureClients.ofManagedIdentity(system, "msal/managed-identity",
          Map.of("IDENTITY_ENDPOINT", agent.url() + "/msi/token", "IDENTITY_HEADER", "mine"));

      assertThat(verified(tokens).getSubject()).isEqualTo("service");
    }
  }

  @Test
  void shouldFindATokenSilentlyInItsCache() {
    Map<String, String> tokens = msal.does("msal/silent", code());

    assertThat(tokens.get("access_token")).isEqualTo(tokens.get("first_access_token"));
    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldRenewATokenWithoutTheUserAtPort443() {
    try (Forwarder proxy = Forwarder.asProxyTo(URI.create(system.publicUrl()).getPort());
        ClientProcess behind = AzureClients.startBehind(proxy, system)) {
      Map<String, String> request = new HashMap<>(code());
      request.put("host", "https://localhost");

      Map<String, String> tokens = behind.does("msal/renewed", request);

      assertThat(tokens.get("access_token")).isNotEqualTo(tokens.get("first_access_token"));
      assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    }
  }

  @Test
  void shouldRefreshWithATokenFromElsewhere() {
    Pkce pkce = Pkce.random();
    Answer signedIn = system.client("web").redeem(system.loginApplication().code("web", CALLBACK, pkce, "scope",
        "openid profile offline_access orders.read"), pkce.verifier(), CALLBACK);

    Map<String, String> tokens = msal.does("msal/refresh",
        AzureClients.withSecret(system, "web", "refresh_token", signedIn.refreshToken()));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldSayThatASecretIsWrong() {
    assertThat(msal.failsAt("msal/client-secret", AzureClients.withSecret(system, "service", "secret", "not-it")))
        .startsWith("com.microsoft.aad.msal4j.MsalServiceException").contains("expected a registered client and its secret");
  }

  @Test
  void shouldSayThatTheUserMustSignInAgain() {
    Map<String, String> request = new HashMap<>(code());
    msal.does("msal/authorization-code", request);

    assertThat(msal.failsAt("msal/authorization-code", request))
        .startsWith("com.microsoft.aad.msal4j.MsalInteractionRequiredException");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    assertThat(msal.failsAt("msal/client-secret",
        AzureClients.withSecret(system, "service", "scope", "https://unknown.example/.default")))
        .contains("expected the name of a registered API resource before /.default");
  }

  @Test
  void shouldSayThatAnAssertionExpired() {
    assertThat(msal.failsAt("msal/assertion", AzureClients.request(system, "workload", "assertion",
        AzureClients.ofThePlatform(system, Instant.now().minusSeconds(300))))).containsPattern("it expired 3\\d\\d s ago");
  }

  @Test
  void shouldSayThatMintlogIsNotAvailableWithoutItsLog() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();
    try (ClientProcess elsewhere = AzureClients.start(Map.of(), withoutLog)) {
      assertThat(elsewhere.failsAt("msal/client-secret", AzureClients.withSecret(withoutLog, "service")))
          .contains("expected the log");
    }
  }

  private static Map<String, String> code() {
    return AzureClients.withCode(system, "web", CALLBACK, Pkce.random());
  }

  private static JWTClaimsSet verified(Map<String, String> tokens) {
    return system.relyingParty().verified(tokens.get("access_token"));
  }
}
