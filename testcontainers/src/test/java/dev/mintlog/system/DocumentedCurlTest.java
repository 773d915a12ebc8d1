package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.Checkout;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.Shell;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.fixture.UpProcess;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that people paste are run as they stand. */
@Timeout(400)
class DocumentedCurlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(curl .*?)```", Pattern.DOTALL);
  private static UpProcess up;

  @BeforeAll
  static void start() {
    assumeThat(Shell.has("curl")).as("curl is installed").isTrue();
    up = UpProcess.shared();
  }

  @Test
  void shouldGetATokenWithTheCurlOfTheReadme() throws Exception {
    Matcher block = SHELL_BLOCK.matcher(Checkout.read("README.md"));
    assertThat(block.find()).isTrue();
    String curl = block.group(1).replace("http://127.0.0.1:8080", up.url().toString());

    JsonNode answer = run(curl, Map.of("DEMO_SECRET", up.secret("demo-service")));

    assertThat(new RelyingParty(up.url()).verified(answer.path("access_token").asText()).getSubject())
        .isEqualTo("demo-service");
  }

  @ParameterizedTest
  @CsvSource({
      "createAuthorization, expires_in",
      "readDeviceAuthorization, status",
      "approveDeviceAuthorization, ''",
      "refuseDeviceAuthorization, ''",
      "readBackchannelAuthentication, status",
      "approveBackchannelAuthentication, ''",
      "refuseBackchannelAuthentication, ''",
      "revokeBroadly, ''"})
  void shouldAnswerTheCurlOfTheLoginApi(String operation, String member) throws Exception {
    JsonNode document = new YAMLMapper().readTree(Checkout.read("docs/openapi/login-api.yaml"));
    Map<String, String> environment = new HashMap<>(Map.of(
        "MINTLOG", up.url().toString(),
        "LOGIN_API", up.loginApi().toString(),
        "LOGIN_CLIENT", "demo-login:" + up.secret("demo-login"),
        "USER_CODE", TokenClient.publicClient(up.url(), "demo-device").device().text("user_code"),
        "REQUEST_ID", backchannelRequest()));

    JsonNode answer = run(tokenCommand(document) + "\n" + sample(document, operation), environment);

    assertThat(answer.has("error")).as(answer.toString()).isFalse();
    assertThat(answer.isObject()).isTrue();
    if (!member.isEmpty()) {
      assertThat(answer.has(member)).as(answer.toString()).isTrue();
    }
  }

  @Test
  void shouldHaveAnExampleOfEveryOperationOfTheLoginApi() throws Exception {
    JsonNode document = new YAMLMapper().readTree(Checkout.read("docs/openapi/login-api.yaml"));

    assertThat(document.path("paths").findValuesAsText("operationId")).hasSize(8)
        .allSatisfy(operation -> assertThat(sample(document, operation)).startsWith("curl "));
  }

  /** Found where a login application finds it: in the events. */
  private static String backchannelRequest() throws Exception {
    Answer asked = up.client("demo-bank").backchannel("scope", "openid", "login_hint", "alice");
    assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
    Shell.Outcome audit = up.beside("audit", "--config", up.state().resolve("mintlog.yaml").toString(),
        "--client", "demo-bank", "--limit", "1");
    JsonNode event = JSON.readTree(audit.out());
    assertThat(event.path("type").asText()).isEqualTo("BackchannelAuthenticationCreated");
    return event.path("authorizationId").asText();
  }

  private static JsonNode run(String command, Map<String, String> environment) throws Exception {
    Shell.Outcome outcome = Shell.run(command, environment);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return JSON.readTree(outcome.out());
  }

  /** The command of the introduction, which gets the login application's access token. */
  private static String tokenCommand(JsonNode document) {
    Matcher command = Pattern.compile("TOKEN=\\$\\(.*?\\)\\n", Pattern.DOTALL)
        .matcher(document.at("/info/description").asText());
    assertThat(command.find()).isTrue();
    return command.group();
  }

  private static String sample(JsonNode document, String operation) {
    for (JsonNode path : document.path("paths")) {
      for (JsonNode method : path) {
        if (method.path("operationId").asText().equals(operation)) {
          return method.at("/x-codeSamples/0/source").asText();
        }
      }
    }
    throw new AssertionError("expected the operation " + operation);
  }
}
