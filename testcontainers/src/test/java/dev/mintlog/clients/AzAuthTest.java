package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.clients.msal.AzToken;
import dev.mintlog.clients.msal.MsalAssertion;
import dev.mintlog.clients.msal.MsalException;
import dev.mintlog.clients.msal.MsalManagedIdentity;
import dev.mintlog.clients.msal.MsalNet;
import dev.mintlog.clients.msal.MsalResult;
import dev.mintlog.clients.powershell.CommandLine;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningIdentityAgent;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AzAuth's {@code Get-AzToken}: the requests of MSAL.NET in each of its parameter sets, and what both make of the answers. */
class AzAuthTest {
  /** Azure CLI's, which it takes where {@code -ClientId} is absent. */
  private static final String AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
  private static final String ORDERS = AzToken.scope("https://orders.example", ".default");
  private static final String GRAPH = AzToken.scope("https://graph.microsoft.com", ".default");
  private static final String CAE = "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}";

  private final RunningSystem system = RunningSystem.shared();
  private final URI host = URI.create(system.publicUrl());
  private final MadeCertificate certificate = system.registry().assertionKeys().certificate();

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.shared();
    CommandLine call = CommandLine.of(ClientsDocument.setting("azauth", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")));
    assertThat(call.cmdlet()).isEqualTo("Get-AzToken");

    String scope = AzToken.scope(call.parameter("Resource"), ".default");
    AzToken token = AzToken.of(new MsalNet(URI.create(call.environment().get("AZURE_AUTHORITY_HOST")),
        call.parameter("TenantId"), call.parameter("ClientId")).forClient(call.parameter("ClientSecret"), scope), scope);

    assertThat(token.scopes()).as("a client's own token has roles").containsExactly(scope);
    assertThat(token.identity()).isEqualTo("demo-service");
  }

  // -ClientSecret, -ClientCertificate, -WorkloadIdentity

  @Test
  void shouldGetATokenWithAClientSecret() {
    AzToken token =
        AzToken.of(application("service").forClient(system.registry().client("service").secret(), ORDERS), ORDERS);

    assertThat(verified(token).getSubject()).isEqualTo("service");
    assertThat(verified(token).getAudience()).containsExactly("https://orders.example");
    assertThat(token.scopes()).containsExactly(ORDERS);
    assertThat(token.tenantId()).isNotEmpty();
    assertThat(token.identity()).isEqualTo("service");
  }

  // A resource that knows continuous access evaluation sends it back with claims.
  @Test
  void shouldGetATokenWithAClientSecretAndClaims() {
    AzToken token = AzToken.of(application("service")
        .forClient(system.registry().client("service").secret(), ORDERS, "claims", CAE));

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldGetATokenWithAClientCertificate() {
    MsalNet application = application("certified-signer");

    for (String assertion : new String[] {MsalAssertion.of(application, certificate, Instant.now()),
        MsalAssertion.withX5c(application, certificate, Instant.now())}) {
      AzToken token = AzToken.of(application.forClientByAssertion(assertion, ORDERS));

      assertThat(verified(token).getSubject()).isEqualTo("certified-signer");
    }
  }

  @Test
  void shouldGetATokenAsAWorkloadOfAnotherPlatform() {
    AzToken token = AzToken.of(application("workload").forClientByAssertion(externalToken(300), ORDERS));

    assertThat(verified(token).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldGetATokenInTheFormOfAdfs() {
    MsalNet application = new MsalNet(host, "adfs", "certified-signer").afterAdfsValidation(host);

    AzToken token = AzToken.of(application.forClientByAssertion(
        MsalAssertion.of(application, certificate, Instant.now()), ORDERS));

    assertThat(verified(token).getSubject()).isEqualTo("certified-signer");
  }

  // -DeviceCode, -Interactive, -TokenCache

  @Test
  void shouldGetATokenForTheUserOfADevice() {
    // Given: AzAuth leaves -TenantId out of the first leg.
    MsalNet application = new MsalNet(host, "organizations", AZURE_CLI);
    JsonNode device = application.deviceCode(GRAPH, "claims", CAE);
    assertThat(device.path("interval").asInt()).isPositive();
    assertThat(device.path("message").asText()).contains(device.path("user_code").asText());

    // When
    MsalException pending = refused(() -> application.pollDevice(device.path("device_code").asText(), GRAPH));
    system.loginApplication().approve(device.path("user_code").asText());
    MsalResult result = application.pollDevice(device.path("device_code").asText(), GRAPH, "claims", CAE);

    // Then
    assertThat(pending.errorCode()).isEqualTo("authorization_pending");
    assertSignedIn(result);
  }

  @Test
  void shouldGetATokenForTheUserOfABrowserAndRenewIt() {
    // Given a code; the redirect's port is the one that was free
    MsalNet application = new MsalNet(host, "organizations", AZURE_CLI);
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code(AZURE_CLI, "http://localhost:51234", pkce, "scope",
        "user.read openid profile offline_access");

    // When
    MsalResult first = application.redeem(code, "http://localhost:51234", pkce.verifier(), GRAPH, "claims", CAE);
    MsalResult renewed = application.refresh(first, GRAPH);

    // Then
    assertSignedIn(first);
    assertSignedIn(renewed);
    assertThat(renewed.homeAccount()).as("it is found in the cache by this").isEqualTo(first.homeAccount());
    assertThat(renewed.accessToken()).isNotEqualTo(first.accessToken());
  }

  // -NonInteractive, where the environment has a user

  @Test
  void shouldGetATokenForAUsernameAndPassword() {
    MsalNet application = application("azure-till");

    MsalResult result = application.byUsernamePassword("alice", system.registry().password("alice"), GRAPH);

    assertSignedIn(result);
  }

  // -ManagedIdentity

  @Test
  void shouldGetATokenOfAManagedIdentity() throws Exception {
    AzToken byMetadata;
    AzToken byAppService;
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "planner").start()) {
      byMetadata = managed(MsalManagedIdentity.ofHost(URI.create(agent.url())));
    }
    try (RunningIdentityAgent agent = RunningIdentityAgent.of(system, "planner").withHeader("mine").start()) {
      byAppService = managed(MsalManagedIdentity.ofAppService(URI.create(agent.url() + "/msi/token"), "mine", "planner"));
    }

    for (AzToken token : List.of(byMetadata, byAppService)) {
      JWTClaimsSet claims = verified(token);
      assertThat(claims.getSubject()).isEqualTo("planner");
      assertThat(token.identity()).isEqualTo("planner");
      assertThat(token.tenantId()).isEqualTo("default");
      assertThat(claims.getStringClaim("idtyp")).as("no user's").isEqualTo("app");
      assertThat(claims.getStringListClaim("roles")).contains("orders.read");
      assertThat(claims.getClaim("scp")).isNull();
    }
  }

  private static AzToken managed(MsalManagedIdentity identity) throws Exception {
    return AzToken.of(identity.forResource("https://orders.example"));
  }

  // What goes before

  @Test
  void shouldBeTakenForAHostOfMicrosoftsUnderItsName() {
    MsalNet application = application("service").afterInstanceDiscovery(host);

    AzToken token = AzToken.of(application.forClient(system.registry().client("service").secret(), ORDERS));

    assertThat(application.host()).as("at the same port").isEqualTo(host);
    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  // What its user sees when something is wrong

  @Test
  void shouldSayThatASecretIsWrong() {
    MsalException refusal = refused(() -> application("service").forClient("not-it", ORDERS));

    assertThat(refusal.errorCode()).isEqualTo("invalid_client");
    assertThat(refusal).hasMessageStartingWith("A configuration issue is preventing authentication")
        .hasMessageContaining("expected a registered client and its secret");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    MsalException refusal = refused(() -> application("service")
        .forClient(system.registry().client("service").secret(), AzToken.scope("https://vault.azure.net", ".default")));

    assertThat(refusal.errorCode()).isEqualTo("invalid_scope");
    assertThat(refusal.getMessage()).contains("resource");
  }

  @Test
  void shouldSayThatAnAssertionHasExpired() {
    MsalNet application = application("certified-signer");

    MsalException refusal = refused(() -> application.forClientByAssertion(
        MsalAssertion.of(application, certificate, Instant.now().minusSeconds(1_200)), ORDERS));
    MsalException ofPlatform = refused(() -> application("workload").forClientByAssertion(externalToken(-60), ORDERS));

    assertThat(refusal.errorCode()).isEqualTo("invalid_client");
    assertThat(refusal).hasMessageContaining("expired");
    assertThat(ofPlatform.errorCode()).isEqualTo("invalid_client");
  }

  @Test
  void shouldSendTheUserBackToSignInWhereTheAuthorizationIsGone() {
    MsalNet application = new MsalNet(host, "organizations", AZURE_CLI);
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code(AZURE_CLI, "http://localhost:51234", pkce, "scope",
        "user.read openid profile offline_access");
    MsalResult signedIn = application.redeem(code, "http://localhost:51234", pkce.verifier(), GRAPH);
    system.publicClient(AZURE_CLI).revoke(signedIn.refreshToken());

    MsalException refusal = refused(() -> application.refresh(signedIn, GRAPH));

    assertThat(refusal.kind()).isEqualTo(MsalException.Kind.UI_REQUIRED);
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();
    MsalNet application = new MsalNet(withoutLog.edge(), "default", "service");

    MsalException refusal =
        refused(() -> application.forClient(withoutLog.registry().client("service").secret(), ORDERS));

    assertThat(refusal.kind()).isEqualTo(MsalException.Kind.RETRY_LATER);
    assertThat(refusal.errorCode()).isEqualTo("service_not_available");
    assertThat(refusal.retryAfter()).hasValueSatisfying(seconds -> assertThat(seconds).matches("[1-9][0-9]*"));
    assertThat(refusal).as("our description it keeps to itself").hasMessage("Service is unavailable to process the request."
        + " The request Uri is: " + application.tokenEndpoint() + " on port " + withoutLog.edge().getPort());
  }

  private void assertSignedIn(MsalResult result) {
    AzToken token = AzToken.of(result);
    assertThat(verified(token).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(token.scopes()).contains("user.read");
    assertThat(token.tenantId()).isNotEmpty().isEqualTo(result.idToken().path("tid").asText());
    assertThat(token.identity()).isNotEmpty();
    assertThat(result.refreshToken()).isNotEmpty();
    assertThat(result.clientInfo()).hasValueSatisfying(info -> {
      assertThat(info.path("uid").asText()).isEqualTo(result.idToken().path("oid").asText());
      assertThat(info.path("utid").asText()).isEqualTo(result.idToken().path("tid").asText());
    });
  }

  private MsalNet application(String clientId) {
    return new MsalNet(host, "default", clientId);
  }

  /** {@code -ExternalToken}: of the platform that runs the workload. */
  private String externalToken(long seconds) {
    Instant now = Instant.now();
    return WrittenAssertion.of("https://platform.example", "api://exchange", now)
        .claim("sub", "repo:org/x:ref:refs/heads/main").claim("exp", now.getEpochSecond() + seconds)
        .signed(system.registry().assertionKeys().rsa(), "RS256");
  }

  private JWTClaimsSet verified(AzToken token) {
    return system.relyingParty().verified(token.token());
  }

  private static MsalException refused(Runnable call) {
    MsalException refusal = catchThrowableOfType(MsalException.class, call::run);
    assertThat(refusal).as("expected MSAL.NET to throw").isNotNull();
    assertThat(refusal.errorCode()).isNotEqualTo("non_parsable_oauth_error");
    return refusal;
  }
}
