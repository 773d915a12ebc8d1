package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A certified relying party, openid-client on Node.js, gets its tokens from Mintlog and accepts them. */
@Timeout(300)
class OpenidClientTest {
  private static final Path SUITE = Checkout.resolve("testcontainers/node");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static RunningSystem system;

  @BeforeAll
  static void find() {
    assumeThat(Shell.has("node")).as("Node.js is installed").isTrue();
    assumeThat(SUITE.resolve("node_modules/openid-client")).as("its packages are installed, as mintlog test does").exists();
    system = RunningSystem.shared();
  }

  @Test
  void shouldDiscoverTheIssuer() throws Exception {
    JsonNode metadata = run("discovery", confidential("service"));

    assertThat(metadata.path("issuer").asText()).isEqualTo(system.publicUrl());
    assertThat(metadata.path("token_endpoint").asText()).isEqualTo(system.publicUrl() + "/connect/token");
    assertThat(metadata.path("device_authorization_endpoint").asText()).startsWith(system.publicUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "post"})
  void shouldGetATokenWithClientCredentials(String method) throws Exception {
    Map<String, String> environment = confidential("service");
    environment.put("AUTH_METHOD", method);

    JsonNode tokens = run("client-credentials", environment);

    assertThat(verified(tokens).getSubject()).isEqualTo("service");
    assertThat(tokens.path("scope").asText()).isEqualTo("orders.read");
    assertThat(tokens.path("token_type").asText()).isEqualToIgnoringCase("Bearer");
  }

  @Test
  void shouldTellThatASecretIsWrong() throws Exception {
    Map<String, String> environment = confidential("service");
    environment.put("CLIENT_SECRET", "not-it");

    JsonNode refusal = run("wrong-secret", environment);

    assertThat(refusal.path("status").asInt()).isEqualTo(401);
    assertThat(refusal.path("refused").asText().toLowerCase()).isIn("invalid_client", "basic");
  }

  @Test
  void shouldRedeemACodeWithPkce() throws Exception {
    JsonNode tokens = run("authorization-code", confidential("web"));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.at("/claims/sub").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.path("refresh_token").asText()).isNotEmpty();
  }

  @Test
  void shouldRedeemACodeAsAPublicClientSignedWithAnotherAlgorithm() throws Exception {
    Map<String, String> environment = publicClient("spa");
    environment.put("SIGNED_WITH", "ES256");

    JsonNode tokens = run("authorization-code", environment);

    assertThat(verified(tokens).getStringClaim("client_id")).isEqualTo("spa");
  }

  @Test
  void shouldRefreshAndRotate() throws Exception {
    JsonNode tokens = run("refresh", confidential("web"));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.path("rotated").asBoolean()).isTrue();
  }

  @Test
  void shouldPollForADeviceUntilTheUserApproves() throws Exception {
    JsonNode tokens = run("device", publicClient("tv"));

    assertThat(verified(tokens).getSubject()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(tokens.at("/claims/aud").toString()).contains("tv");
    assertThat(tokens.path("user_code").asText()).matches("[A-Z]{4}-[A-Z]{4}");
  }

  private static JWTClaimsSet verified(JsonNode tokens) {
    return system.relyingParty().verified(tokens.path("access_token").asText());
  }

  private static Map<String, String> confidential(String clientId) {
    Map<String, String> environment = publicClient(clientId);
    environment.put("CLIENT_SECRET", system.registry().client(clientId).secret());
    return environment;
  }

  private static Map<String, String> publicClient(String clientId) {
    Map<String, String> environment = new HashMap<>();
    environment.put("ISSUER", system.publicUrl());
    environment.put("CLIENT_ID", clientId);
    environment.put("REDIRECT_URI", "https://" + clientId + ".example/callback");
    environment.put("LOGIN_API", system.loginApi().toString());
    environment.put("LOGIN_TOKEN", system.client("login").clientCredentials().accessToken());
    return environment;
  }

  private static JsonNode run(String deed, Map<String, String> environment) throws Exception {
    Shell.Outcome outcome = Shell.run(SUITE, environment, "node", "openid-client.mjs", deed);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return JSON.readTree(Optional.of(outcome.out()).filter(text -> !text.isBlank()).orElse("{}"));
  }
}
