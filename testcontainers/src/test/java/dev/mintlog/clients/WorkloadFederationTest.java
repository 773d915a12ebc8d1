package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.clients.msal.AzToken;
import dev.mintlog.clients.msal.MsalException;
import dev.mintlog.clients.msal.MsalNet;
import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.edge.fetch.KeySetKeys;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.ClientProcess;
import dev.mintlog.fixture.Forwarder;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.UpProcess;
import dev.mintlog.runtime.config.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workload identity federation with a second Mintlog as the foreign issuer: processes, log, keys and clients of its own. Its
 * workloads show the access tokens that they have there, and get tokens here.
 */
@Timeout(400)
class WorkloadFederationTest {
  /** Stands for demo-service over there, whose tokens are signed with RS256. */
  private static final String CLIENT = "of-another-mintlog";
  /** Stands for bench-es256, whose key goes. */
  private static final String CLIENT_OF_ES256 = "of-another-mintlog-es256";
  private static final String AUDIENCE = "https://orders.example";
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final String BEFORE = "      # Assertions as grants.\n";
  private static final Duration BOUND = Duration.ofSeconds(90);

  private static RunningSystem system;
  private static UpProcess foreign;
  // On the way to its key set, to count who asks for it.
  private static Forwarder toKeys;

  @TempDir
  private Path dir;

  @BeforeAll
  static void start() {
    system = RunningSystem.sharedOverTls();
    foreign = UpProcess.ofItsOwn().start();
    toKeys = Forwarder.to(foreign.port());
    system.apply(registry -> {
      assertThat(registry).contains(BEFORE);
      return registry.replace(BEFORE, client(CLIENT, "demo-service") + client(CLIENT_OF_ES256, "bench-es256") + BEFORE);
    });
    // Each edge follows the registry in its own time.
    await().atMost(BOUND).until(() -> shown(CLIENT, ofDemoService()).status() == 200);
    await().atMost(BOUND).until(() -> shownOverTls() == 200);
  }

  private static int shownOverTls() throws Exception {
    HttpClient https = HttpClient.newBuilder().sslContext(system.authority().context()).build();
    return https.send(HttpRequest.newBuilder(URI.create(system.publicUrl() + "/connect/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofByteArray(request(CLIENT, ofDemoService()).body())).build(),
        HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @AfterAll
  static void stop() {
    if (toKeys != null) {
      system.apply(registry -> registry);
      toKeys.close();
    }
    if (foreign != null) {
      foreign.close();
    }
  }

  private static String client(String id, String subject) {
    return """
              - id: %s
                grantTypes: [client_credentials]
                allowedScopes: [orders.read]
                assertions:
                  trusted:
                    - issuer: %s
                      subject: %s
                      audience: %s
                      jwksUri: http://127.0.0.1:%d/.well-known/jwks.json
        """.formatted(id, foreign.url(), subject, AUDIENCE, toKeys.port());
  }

  @Test
  void shouldTakeATokenOfAnotherMintlog() throws Exception {
    String token = ofDemoService();

    RawAnswer first = shown(CLIENT, token).isGranted();
    shown(CLIENT, token).isGranted();

    var claims = system.relyingParty().verified(first.text("access_token"));
    assertThat(claims.getIssuer()).isEqualTo(system.publicUrl()).isNotEqualTo(foreign.url().toString());
    assertThat(claims.getSubject()).isEqualTo(CLIENT);
  }

  @Test
  void shouldRefuseATokenOfAnotherWorkload() {
    String token = foreign.client("bench-rs256").clientCredentials("scope", "orders.read").accessToken();

    shown(CLIENT, token).isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseATokenForAnotherAudience() {
    String forAnother = foreign.client("demo-service").clientCredentials("scope", "billing.read").accessToken();
    String forBoth = foreign.client("demo-service").clientCredentials("scope", "orders.read billing.read").accessToken();

    shown(CLIENT, forAnother).isRefused(400, "invalid_client");
    shown(CLIENT, forBoth).isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseATokenOfAnIssuerThatTheClientDoesNotTrust() {
    String token = ofDemoService();

    // One that trusts others, one that trusts nobody, and nobody.
    for (String client : new String[] {"workload", "service", "not-registered"}) {
      shown(client, token).isRefused(400, "invalid_client");
    }
    // The token of a client here is none over there.
    String ours = system.client("service").clientCredentials("scope", "orders.read").accessToken();
    shown(CLIENT, ours).isRefused(400, "invalid_client");
  }

  @Test
  void shouldFollowTheIssuerToItsNewKeyAndForgetTheWithdrawnOne() {
    // Given
    String before = ofBenchEs256();
    shown(CLIENT_OF_ES256, before).isGranted();
    int fetched = toKeys.connections();

    // When its operator withdraws the key, and it signs with another one
    Shell.Outcome withdrawn = foreign.beside(
        "keys", "withdraw", RelyingParty.header(before).getKeyID(), "--config", foreign.operatorFile().toString());
    assertThat(withdrawn.exit()).as(withdrawn.err()).isZero();
    await().atMost(BOUND).until(() ->
        !RelyingParty.header(ofBenchEs256()).getKeyID().equals(RelyingParty.header(before).getKeyID()));
    String after = ofBenchEs256();

    // Then the unknown key is asked for, no sooner than 30 s after the last time
    await().atMost(BOUND).pollInterval(Duration.ofMillis(500))
        .until(() -> shown(CLIENT_OF_ES256, after).status() == 200);
    assertThat(toKeys.connections() - fetched).isOne();
    shown(CLIENT_OF_ES256, before).isRefused(400, "invalid_client");
  }

  @Test
  void shouldAskTheIssuerAtMostOnceHoweverManyKeysItDoesNotKnow() {
    int fetched = toKeys.connections();

    for (int i = 0; i < 20; i++) {
      String forged = WrittenAssertion.of("demo-service", AUDIENCE, Instant.now()).claim("iss", foreign.url().toString())
          .header("typ", "at+jwt").header("kid", "unknown-" + i).signed(system.registry().assertionKeys().rsa(), "RS256");
      shown(CLIENT, forged).isRefused(400, "invalid_client");
    }

    assertThat(toKeys.connections() - fetched).isLessThanOrEqualTo(1);
  }

  @Test
  void shouldGoOnWithTheKeysItHasAndElseSayTryAgainWhereTheIssuerIsDown() throws Exception {
    // Given an edge that has never asked for its keys
    try (Edge edge = Edge.start(Settings.of(EdgeKeys.ALL, system.edgeTexts(0)))) {
      URI there = URI.create("http://127.0.0.1:" + edge.port());
      String token = ofDemoService();
      shown(CLIENT, token).isGranted();

      // When
      foreign.stop();
      try {
        // Then
        shown(CLIENT, token).isGranted();
        RawAnswer answer = shown(there, CLIENT, token).isRefused(503, "temporarily_unavailable");
        assertThat(answer.header("Retry-After")).isPresent();
        assertThat(answer.text("error_description")).contains("could not fetch");
        MsalException seen = catchThrowableOfType(MsalException.class,
            () -> new MsalNet(there, "default", CLIENT).forClientByAssertion(token, AzToken.scope(AUDIENCE, ".default")));
        assertThat(seen.kind()).isEqualTo(MsalException.Kind.RETRY_LATER);
      } finally {
        foreign.start();
      }
      await().atMost(BOUND).pollInterval(Duration.ofMillis(500))
          .until(() -> shown(there, CLIENT, token).status() == 200);
    }
  }

  @Test
  void shouldNotReachAnIssuerAtAPrivateAddressUnlessItIsAllowed() throws Exception {
    Map<String, String> texts = new HashMap<>(system.edgeTexts(0));
    texts.remove(KeySetKeys.ALLOW_PRIVATE_ADDRESSES.name());
    int fetched = toKeys.connections();
    try (Edge edge = Edge.start(Settings.of(EdgeKeys.ALL, texts))) {
      shown(URI.create("http://127.0.0.1:" + edge.port()), CLIENT, ofDemoService())
          .isRefused(503, "temporarily_unavailable");
    }
    assertThat(toKeys.connections()).isEqualTo(fetched);
  }

  // What a workload runs: it has its token in a file

  @Test
  void shouldGiveAzureIdentityATokenForTheFileOfAWorkload() throws Exception {
    NodeSuite.assumeInstalled("@azure/identity");

    JsonNode token = NodeRelyingParty.of(system, "azure-identity.mjs", CLIENT)
        .with("AZURE_AUTHORITY_HOST", system.publicUrl()).with("TENANT", "default").with("SCOPE", AzureClients.SCOPE)
        .with("ASSERTION_FILE", tokenFile().toString()).does("workload-identity");

    assertThat(system.relyingParty().verified(token.path("token").asText()).getSubject()).isEqualTo(CLIENT);
  }

  @Test
  void shouldGiveAzureIdentityForJavaATokenForTheFileOfAWorkload() throws Exception {
    try (ClientProcess azure = AzureClients.start(Map.of(), system)) {
      Map<String, String> token = azure.does("identity/workload",
          AzureClients.request(system, CLIENT, "token_file", tokenFile().toString()));

      assertThat(system.relyingParty().verified(token.get("access_token")).getSubject()).isEqualTo(CLIENT);
    }
  }

  @Test
  void shouldGiveMsal4jAndMsalNodeATokenForATokenOfAnotherMintlog() {
    NodeSuite.assumeInstalled("@azure/msal-node");
    try (ClientProcess msal = AzureClients.start(Map.of(), system)) {
      Map<String, String> token =
          msal.does("msal/assertion", AzureClients.request(system, CLIENT, "assertion", ofDemoService()));

      assertThat(system.relyingParty().verified(token.get("access_token")).getSubject()).isEqualTo(CLIENT);
    }
    JsonNode token = NodeRelyingParty.of(system, "msal-node.mjs", CLIENT).with("AUTHORITY", system.publicUrl() + "/default")
        .with("SCOPE", AzureClients.SCOPE).with("ASSERTION", ofDemoService()).does("assertion");
    assertThat(system.relyingParty().verified(token.path("accessToken").asText()).getSubject()).isEqualTo(CLIENT);
  }

  @Test
  void shouldGiveAzAuthATokenForATokenOfAnotherMintlog() {
    AzToken token = AzToken.of(new MsalNet(system.edge(), "default", CLIENT)
        .forClientByAssertion(ofDemoService(), AzToken.scope(AUDIENCE, ".default")));

    assertThat(system.relyingParty().verified(token.token()).getSubject()).isEqualTo(CLIENT);
  }

  private Path tokenFile() throws Exception {
    return Files.writeString(dir.resolve("token"), ofDemoService());
  }

  private static String ofDemoService() {
    return foreign.client("demo-service").clientCredentials("scope", "orders.read").accessToken();
  }

  private static String ofBenchEs256() {
    return foreign.client("bench-es256").clientCredentials("scope", "orders.read").accessToken();
  }

  private static RawAnswer shown(String client, String token) {
    return shown(system.edge(), client, token);
  }

  private static RawAnswer shown(URI edge, String client, String token) {
    return RawConnection.exchange(edge, request(client, token));
  }

  private static RawRequest request(String client, String token) {
    return RawRequest.clientCredentials().and("client_id", client).and("client_assertion_type", TYPE)
        .and("client_assertion", token);
  }
}
