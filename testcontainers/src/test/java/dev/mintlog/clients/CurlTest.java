package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The plain grants with curl: as docs/clients.md has them, and with bodies as PowerShell writes them. */
@Timeout(400)
class CurlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CALLBACK = "http://127.0.0.1:3000/callback";

  @BeforeAll
  static void find() {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();
  }

  @Nested
  class AsDocumented {
    private final UpProcess up = UpProcess.sharedWithTls();

    @Test
    void shouldGetATokenForAService() throws Exception {
      JsonNode tokens = run(ClientsDocument.setting("curl-client-credentials", up.url()), Map.of());

      assertThat(tokens.path("scope").asText()).isEqualTo("orders.read");
      assertThat(tokens.path("token_type").asText()).isEqualTo("Bearer");
      assertThat(tokens.path("access_token").asText()).isNotEmpty();
    }

    @Test
    void shouldFindTheSecretsOfTheDemo() {
      assumeThat(Shell.has("jq")).as("jq is installed").isTrue();
      String lines = ClientsDocument.setting("demo-secrets")
          .replace(".mintlog/demo.json", up.state().resolve("demo.json").toString());

      Shell.Outcome found = Shell.run(lines + "echo \"$DEMO_SECRET $DEMO_WEB_SECRET\"", Map.of());

      assertThat(found.out().strip()).isEqualTo(up.secret("demo-service") + " " + up.secret("demo-web"));
    }

    @Test
    void shouldRedeemACodeAndRefresh() throws Exception {
      Pkce pkce = Pkce.random();
      String code =
          loginApplication().code("demo-web", CALLBACK, pkce, "scope", "openid offline_access orders.read");

      JsonNode tokens = run(ClientsDocument.setting("curl-authorization-code", up.url()),
          Map.of("CODE", code, "VERIFIER", pkce.verifier()));
      JsonNode refreshed = run(ClientsDocument.setting("curl-refresh-token", up.url()),
          Map.of("REFRESH_TOKEN", tokens.path("refresh_token").asText()));

      assertThat(tokens.path("id_token").asText()).isNotEmpty();
      assertThat(refreshed.path("access_token").asText()).isNotEmpty();
      assertThat(refreshed.path("refresh_token").asText()).isNotEqualTo(tokens.path("refresh_token").asText());
    }

    @Test
    void shouldAskForADevice() throws Exception {
      JsonNode device = run(ClientsDocument.setting("curl-device-authorization", up.url()), Map.of());
      loginApplication().approve(device.path("user_code").asText());

      JsonNode tokens = run(ClientsDocument.setting("curl-device-code", up.url()),
          Map.of("DEVICE_CODE", device.path("device_code").asText()));

      assertThat(device.path("verification_uri").asText()).isNotEmpty();
      assertThat(tokens.path("access_token").asText()).isNotEmpty();
    }

    private LoginApplication loginApplication() throws Exception {
      JsonNode tokens = run("curl -sS --cacert .mintlog/tls/ca.crt " + up.url() + "/connect/token"
          + " -u \"demo-login:$SECRET\" -d grant_type=client_credentials", Map.of("SECRET", up.secret("demo-login")));
      return LoginApplication.with(up.loginApi(), tokens.path("access_token").asText());
    }

    private JsonNode run(String command, Map<String, String> more) throws Exception {
      Map<String, String> environment = new HashMap<>(more);
      environment.put("DEMO_SECRET", up.secret("demo-service"));
      environment.put("DEMO_WEB_SECRET", up.secret("demo-web"));
      return outcome(command.replace(".mintlog/tls/ca.crt", up.authority().file().toString()), environment);
    }
  }

  /** How PowerShell's versions write a body out of a hashtable, whose order is nobody's. */
  enum PowerShell {
    /** WebUtility.UrlEncode. */
    SEVEN,
    /** HttpUtility.UrlEncode: hexadecimal digits in lower case. */
    WINDOWS_FIVE;

    private static final Pattern HEX = Pattern.compile("%[0-9A-F]{2}");

    String body(Random order, String... namesAndValues) {
      List<String> fields = new ArrayList<>();
      TokenClient.fields(namesAndValues).forEach((name, value) -> fields.add(encode(name) + "=" + encode(value)));
      Collections.shuffle(fields, order);
      return String.join("&", fields);
    }

    private String encode(String text) {
      String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8)
          .replace("%21", "!").replace("%28", "(").replace("%29", ")");
      return this == SEVEN ? encoded : HEX.matcher(encoded).replaceAll(found -> found.group().toLowerCase());
    }
  }

  @Nested
  class WithBodiesOfPowerShell {
    private static final int ORDERS = 4;
    private static final String WEB = "https://web.example/callback";

    private final RunningSystem system = RunningSystem.shared();
    private final Random order = new Random();

    @ParameterizedTest
    @EnumSource
    void shouldReadThemWhateverTheirOrder(PowerShell powerShell) throws Exception {
      for (int i = 0; i < ORDERS; i++) {
        assertThat(token(powerShell, "grant_type", "client_credentials", "client_id", "service", "client_secret",
            secret("service"), "scope", "orders.read orders.write").path("scope").asText())
            .isEqualTo("orders.read orders.write");
        refresh(powerShell, redeem(powerShell));
        device(powerShell);
        password(powerShell);
      }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadASecretOfSigns(PowerShell powerShell) throws Exception {
      String id = "odd+client%41";
      String secret = secret("odd-argon2");

      assertThat(token(powerShell, "grant_type", "client_credentials", "client_id", id, "client_secret", secret)
          .path("access_token").asText()).isNotEmpty();
    }

    @Test
    void shouldSayWhatIsWrongInJson() throws Exception {
      assertThat(refusal("grant_type=client_credentials&client_id=service&client_secret=not-it"))
          .isEqualTo("invalid_client");
      assertThat(refusal("grant_type=client_credentials&scope=orders.burn&client_id=service&client_secret="
          + secret("service"))).isEqualTo("invalid_scope");
    }

    @Test
    void shouldSayThatAnAssertionExpired() throws Exception {
      String assertion = WrittenAssertion.of("signer", system.publicUrl() + "/connect/token", Instant.now().minusSeconds(3_600))
          .signed(system.registry().assertionKeys().ec(), "ES256");

      JsonNode refusal = post("/connect/token", TokenClient.form(TokenClient.fields("grant_type", "client_credentials",
          "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          "client_assertion", assertion)));

      assertThat(refusal.path("error").asText()).isEqualTo("invalid_client");
      assertThat(refusal.path("error_description").asText()).contains("it expired");
    }

    @Test
    void shouldSayThatMintlogIsNotAvailableWithoutItsLog() throws Exception {
      RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

      Shell.Outcome outcome = Shell.run("curl -sSi --data-raw \"$BODY\" \"$URL\"", Map.of("BODY",
          "client_secret=" + withoutLog.registry().client("service").secret()
              + "&client_id=service&grant_type=client_credentials", "URL", withoutLog.edge() + "/connect/token"));

      assertThat(outcome.out())
          .contains("503 Service Unavailable", "retry-after: ", "\"error\":\"temporarily_unavailable\"");
    }

    private JsonNode redeem(PowerShell powerShell) throws Exception {
      Pkce pkce = Pkce.random();
      String code = system.loginApplication().code("web", WEB, pkce, "scope", "openid offline_access orders.read");
      JsonNode tokens = token(powerShell, "grant_type", "authorization_code", "code", code, "redirect_uri", WEB,
          "code_verifier", pkce.verifier(), "client_id", "web", "client_secret", secret("web"));
      assertThat(system.relyingParty().verified(tokens.path("id_token").asText()).getSubject())
          .isEqualTo(LoginApplication.SUBJECT);
      return tokens;
    }

    private void refresh(PowerShell powerShell, JsonNode tokens) throws Exception {
      JsonNode refreshed = token(powerShell, "grant_type", "refresh_token", "refresh_token",
          tokens.path("refresh_token").asText(), "client_id", "web", "client_secret", secret("web"),
          "scope", "openid orders.read");
      assertThat(refreshed.path("access_token").asText()).isNotEmpty();
    }

    private void device(PowerShell powerShell) throws Exception {
      JsonNode device = post("/connect/deviceauthorization",
          powerShell.body(order, "client_id", "tv", "scope", "openid orders.read"));
      system.loginApplication().approve(device.path("user_code").asText());
      assertThat(token(powerShell, "grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code",
          device.path("device_code").asText(), "client_id", "tv").path("access_token").asText()).isNotEmpty();
    }

    private void password(PowerShell powerShell) throws Exception {
      assertThat(token(powerShell, "grant_type", "password", "username", "alice", "password",
          system.registry().password("alice"), "client_id", "public-till", "scope", "openid orders.read")
          .path("access_token").asText()).isNotEmpty();
    }

    private String refusal(String body) throws Exception {
      return post("/connect/token", body).path("error").asText();
    }

    private JsonNode token(PowerShell powerShell, String... fields) throws Exception {
      JsonNode tokens = post("/connect/token", powerShell.body(order, fields));
      assertThat(tokens.has("access_token")).as(tokens.toString()).isTrue();
      return tokens;
    }

    private JsonNode post(String path, String body) throws Exception {
      return outcome("curl -sS --data-raw \"$BODY\" \"$URL\"", Map.of("BODY", body, "URL", system.edge() + path));
    }

    private String secret(String client) {
      return system.registry().client(client).secret();
    }
  }

  private static JsonNode outcome(String command, Map<String, String> environment) throws Exception {
    Shell.Outcome outcome = Shell.run(command, environment);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }
}
