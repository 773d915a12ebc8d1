package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.RunningIdentityAgent;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workloads of one host get tokens of its managed identities, without a credential of their own. */
@Timeout(300)
class ManagedIdentityTest {
  private static final Path SUITE = Checkout.resolve("testcontainers/node");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ORDERS = "https://orders.example";
  private static final String HEADER = "of-this-workload";

  private final RunningSystem system = RunningSystem.shared();
  private RunningIdentityAgent agent;

  @AfterEach
  void stop() {
    if (agent != null) {
      agent.close();
    }
  }

  private void start() {
    agent = RunningIdentityAgent.of(system, "planner", "service").start();
  }

  private Answer ask(String pathAndQuery, String name, String value) throws Exception {
    return TokenClient.send(
        HttpRequest.newBuilder(URI.create(agent.url() + pathAndQuery)).header(name, value).build());
  }

  private Answer ask(String query) throws Exception {
    return ask("/metadata/identity/oauth2/token?api-version=2018-02-01&" + query, "Metadata", "true");
  }

  @Test
  void shouldAnswerAsTheInstanceMetadataServiceDoes() throws Exception {
    start();
    Instant before = Instant.now();

    Answer answer = ask("resource=" + ORDERS);

    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(claims.getSubject()).isEqualTo("planner");
    assertThat(claims.getAudience()).containsExactly(ORDERS);
    assertThat(answer.text("client_id")).isEqualTo("planner");
    assertThat(answer.text("resource")).isEqualTo(ORDERS);
    assertThat(answer.text("token_type")).isEqualTo("Bearer");
    long expiresOn = Long.parseLong(answer.text("expires_on"));
    assertThat(expiresOn).isBetween(before.getEpochSecond(), claims.getExpirationTime().toInstant().getEpochSecond() + 5);
    assertThat(Long.parseLong(answer.text("expires_in"))).isPositive();
  }

  /** Those of Entra ID's first version write numbers as texts. */
  @ParameterizedTest
  @ValueSource(strings = {"/connect/token", "/default/oauth2/token", "/adfs/oauth2/token"})
  void shouldTakeTokensOfEveryTokenEndpoint(String path) throws Exception {
    agent = RunningIdentityAgent.of(system, "planner").at(system.edge() + path).start();

    Answer answer = ask("resource=" + ORDERS);

    JWTClaimsSet claims = system.relyingParty().verified(answer.accessToken());
    assertThat(claims.getSubject()).isEqualTo("planner");
    assertThat(claims.getAudience()).containsExactly(ORDERS);
    assertThat(Long.parseLong(answer.text("expires_on")))
        .isBetween(Instant.now().getEpochSecond(), claims.getExpirationTime().toInstant().getEpochSecond() + 5);
  }

  @Test
  void shouldHandOutTheSameTokenWhileItIsGood() throws Exception {
    start();

    assertThat(ask("resource=" + ORDERS).accessToken()).isEqualTo(ask("resource=" + ORDERS).accessToken());
  }

  @Test
  void shouldSayThatTheIdentityMayNotHaveTheResource() throws Exception {
    start();

    Answer answer = ask("resource=https://unknown.example");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_resource");
    assertThat(answer.text("error_description")).startsWith("the token endpoint says: ");
  }

  @Test
  void shouldGiveAzureIdentityATokenOfTheHostsIdentity() throws Exception {
    start();

    JsonNode token = azureIdentity(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url()));

    assertThat(verified(token).getSubject()).isEqualTo("planner");
    assertThat(token.path("expiresOnTimestamp").asLong()).isGreaterThan(System.currentTimeMillis());
  }

  @Test
  void shouldGiveAzureIdentityATokenOfTheIdentityItNames() throws Exception {
    start();

    JsonNode token =
        azureIdentity(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url(), "CLIENT_ID", "service"));

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldGiveAzureIdentityATokenInTheAppServiceForm() throws Exception {
    agent = RunningIdentityAgent.of(system, "planner", "service").withHeader(HEADER).start();

    JsonNode token = azureIdentity(
        Map.of("IDENTITY_ENDPOINT", agent.url() + "/msi/token", "IDENTITY_HEADER", HEADER, "CLIENT_ID", "service"));

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldTellAzureIdentityThatThereIsNoSuchIdentity() throws Exception {
    start();

    JsonNode refusal =
        azureIdentity(Map.of("AZURE_POD_IDENTITY_AUTHORITY_HOST", agent.url(), "CLIENT_ID", "of-another-host"));

    assertThat(refusal.at("/refused/message").asText()).as(refusal.toString()).contains("Identity not found");
  }

  private JWTClaimsSet verified(JsonNode token) {
    assertThat(token.path("token").asText()).as(token.toString()).isNotEmpty();
    return system.relyingParty().verified(token.path("token").asText());
  }

  private static JsonNode azureIdentity(Map<String, String> environment) throws Exception {
    assumeThat(Shell.has("node")).as("Node.js is installed").isTrue();
    assumeThat(SUITE.resolve("node_modules/@azure/identity")).as("its packages are installed, as mintlog test does").exists();
    Map<String, String> all = new HashMap<>(environment);
    all.put("SCOPE", ORDERS + "/.default");
    Shell.Outcome outcome = Shell.run(SUITE, all, "node", "azure-identity.mjs", "managed-identity");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }
}
