package dev.mintlog.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent and a token endpoint that behaves in ways in which the real one does not. */
class IdentityAgentTest {
  private static final String IMDS = "/metadata/identity/oauth2/token?api-version=2018-02-01";
  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final String VAULT = IMDS + "&resource=https%3A%2F%2Fvault.example";

  @TempDir
  private Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<IdentityAgent> agents = new ArrayList<>();
  private Consumer<HttpServerRequest> endpoint = request -> request.response().end(
      new JsonObject().put("access_token", "t").put("token_type", "Bearer").put("expires_in", 3600).toBuffer());
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    server = vertx.createHttpServer().requestHandler(request -> {
      requests.incrementAndGet();
      endpoint.accept(request);
    });
    server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    assign("backup", "s3cret");
  }

  @AfterEach
  void stop() throws Exception {
    for (IdentityAgent agent : agents) {
      agent.stop(Duration.ofSeconds(5));
    }
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  private void assign(String identity, String secret) throws IOException {
    Files.writeString(directory.resolve(identity + ".secret"), secret + "\n");
  }

  private IdentityAgent agent(String... more) throws InterruptedException {
    Map<String, String> texts = new HashMap<>(Map.of("identity.port", "0", "identity.directory", directory.toString(),
        "identity.token-endpoint", "http://127.0.0.1:" + server.actualPort() + "/connect/token"));
    for (int i = 0; i < more.length; i += 2) {
      texts.put(more[i], more[i + 1]);
    }
    IdentityAgent agent = new IdentityAgent(Settings.of(IdentityAgentKeys.ALL, texts));
    agents.add(agent);
    agent.start();
    return agent;
  }

  private HttpResponse<String> get(IdentityAgent agent, String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(agent.url() + path));
    return http.send((headers.length == 0 ? request : request.headers(headers)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> metadata(IdentityAgent agent, String path) throws Exception {
    return get(agent, path, "Metadata", "true");
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String error, String description) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonObject json = new JsonObject(answer.body());
    assertThat(json.getString("error")).isEqualTo(error);
    assertThat(json.getString("error_description")).contains(description).doesNotContain("s3cret");
  }

  @Test
  void shouldRefuseWhoDoesNotSendTheMetadataHeader() throws Exception {
    assertRefused(get(agent(), VAULT), 400, "invalid_request", "Metadata: true");
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldTakeAPathThatBeginsWithTwoSlashesAsAzureIdentityForJavaWritesIt() throws Exception {
    assertRefused(get(agent(), "/" + VAULT), 400, "invalid_request", "Metadata: true");
    assertRefused(get(agent(), "//" + VAULT), 404, "invalid_request", "expected the path");
  }

  @Test
  void shouldNotListenAtAnotherAddressOfThisMachineThanLoopback() throws Exception {
    InetAddress another = addressOfTheNetwork();
    IdentityAgent agent = agent();
    int port = URI.create(agent.url()).getPort();

    assertThat(metadata(agent, VAULT).statusCode()).as("on loopback").isEqualTo(200);
    assertThatThrownBy(() -> connect(another, port)).as("%s port %d", another, port).isInstanceOf(ConnectException.class);
  }

  /** One at which what listens everywhere is reached: what does not answer there does not listen there. */
  private static InetAddress addressOfTheNetwork() throws IOException {
    List<InetAddress> found = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress()).toList();
    try (ServerSocket everywhere = new ServerSocket(0)) {
      for (InetAddress address : found) {
        try {
          connect(address, everywhere.getLocalPort());
          return address;
        } catch (IOException e) {
          // Of an interface that is down, or filtered.
        }
      }
    }
    return abort("this machine has loopback alone");
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS_MAX);
    }
  }

  @Test
  void shouldRefuseWhatCameOverAProxy() throws Exception {
    assertRefused(get(agent(), VAULT, "Metadata", "true", "X-Forwarded-For", "10.0.0.1"), 400, "invalid_request",
        "X-Forwarded-For");
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldRefuseANameThatWasMadeToResolveToLoopback() throws Exception {
    IdentityAgent agent = agent();

    JsonObject answer = new JsonObject(RawGet.of(URI.create(agent.url()), VAULT, "Host: evil.example", "Metadata: true"));

    assertThat(answer.getString("error_description")).contains("expected the host 127.0.0.1");
    assertThat(requests).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
      "/metadata/identity/oauth2/token?resource=a, api-version",
      "/metadata/identity/oauth2/token?api-version=1, resource",
      "/metadata/identity/oauth2/token?api-version=1&resource=, resource",
      "/metadata/identity/oauth2/token?api-version=1&resource=a&resource=b, more than once",
      "/metadata/identity/oauth2/token?api-version=1&resource=a&object_id=1, object_id",
      "/metadata/identity/oauth2/token?api-version=1&resource=a&client_id=other, Identity not found",
      "/metadata/identity/oauth2/token?api-version=1&resource=a&client_id=../backup, Identity not found",
      "/metadata/identity/oauth2/token?api-version=1&resource=a&client_id=%2E%2E%2Fbackup, Identity not found"})
  void shouldSayWhatIsWrongInARequest(String path, String description) throws Exception {
    assertRefused(metadata(agent(), path), 400, "invalid_request", description);
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldReadAResourceOf512CharactersAndNoLongerOne() throws Exception {
    IdentityAgent agent = agent();
    String longest = "https://" + "a".repeat(IdentityRequest.VALUE_LENGTH_MAX - 8);

    assertThat(metadata(agent, IMDS + "&resource=" + longest).statusCode()).isEqualTo(200);
    assertRefused(metadata(agent, IMDS + "&resource=" + longest + "a"), 400, "invalid_request", "at most 512");
  }

  @Test
  void shouldAskForAnIdentityWhereThereAreSeveralAndNoDefault() throws Exception {
    assign("restore", "other");
    assertRefused(metadata(agent(), VAULT), 400, "invalid_request", "found none and no default");
    assertThat(metadata(agent("identity.default", "restore"), VAULT).body()).contains("\"client_id\":\"restore\"");
  }

  @Test
  void shouldTakeAReplacedSecretAtOnce() throws Exception {
    List<String> seen = new ArrayList<>();
    endpoint = request -> {
      seen.add(request.getHeader("Authorization"));
      request.response().setStatusCode(401).end(new JsonObject().put("error", "invalid_client").toBuffer());
    };
    IdentityAgent agent = agent();

    assertRefused(metadata(agent, VAULT), 400, "invalid_client", "the token endpoint says");
    assign("backup", "replaced");
    metadata(agent, VAULT);

    assertThat(seen).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void shouldServeTheAppServiceFormToWhoShowsTheHeaderOnly() throws Exception {
    IdentityAgent agent = agent("identity.header", "shown-to-the-workload");
    String path = "/msi/token?api-version=2019-08-01&resource=https%3A%2F%2Fvault.example";

    HttpResponse<String> answer = get(agent, path, "X-IDENTITY-HEADER", "shown-to-the-workload");

    assertThat(new JsonObject(answer.body()).getString("access_token")).isEqualTo("t");
    assertRefused(get(agent, path), 401, "unauthorized", "found none");
    assertRefused(get(agent, path, "X-IDENTITY-HEADER", "guessed"), 401, "unauthorized", "found another");
    assertRefused(metadata(agent, VAULT), 404, "invalid_request", "/msi/token");
  }

  @ParameterizedTest
  @CsvSource({"429, 429", "500, 503", "503, 503"})
  void shouldPassOnThatItIsWorthToTryAgain(int theirs, int ours) throws Exception {
    endpoint = request -> request.response().setStatusCode(theirs).putHeader("Retry-After", "7").end("busy");

    HttpResponse<String> answer = metadata(agent(), VAULT);

    assertRefused(answer, ours, "temporarily_unavailable", "answered " + theirs);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "{}", "{\"access_token\":1}", "{\"access_token\":\"t\"}",
      "{\"access_token\":\"t\",\"expires_in\":\"x\"}", "{\"access_token\":\"t\",\"expires_in\":0}",
      "{\"access_token\":\"t\",\"expires_in\":\"\"}", "{\"access_token\":\"t\",\"expires_in\":\"0\"}",
      "{\"access_token\":\"t\",\"expires_in\":\"-60\"}", "{\"access_token\":\"t\",\"expires_in\":\"1000000000\"}"})
  void shouldNotPassOnWhatIsNoToken(String body) throws Exception {
    endpoint = request -> request.response().end(body);

    assertRefused(metadata(agent(), VAULT), 502, "server_error", "RFC 6749 section 5");
  }

  /** As the paths of Entra ID's first version write it. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "3600", "999999999"})
  void shouldReadALifetimeThatIsWrittenAsAText(String seconds) throws Exception {
    endpoint = request -> request.response().end("{\"access_token\":\"t\",\"expires_in\":\"" + seconds + "\"}");
    long before = Instant.now().getEpochSecond();

    HttpResponse<String> answer = metadata(agent(), VAULT);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Long.parseLong(new JsonObject(answer.body()).getString("expires_on")))
        .isBetween(before + Long.parseLong(seconds), Instant.now().getEpochSecond() + Long.parseLong(seconds));
  }

  @Test
  void shouldReadAnAnswerOf64KibAndNoLargerOne() throws Exception {
    String frame = "{\"access_token\":\"\",\"expires_in\":3600}";
    String token = "t".repeat(TokenEndpointAnswer.BODY_BYTES_MAX - frame.length());
    endpoint = request -> request.response().end(frame.replace("\"\",", "\"" + token + "\","));
    IdentityAgent agent = agent();

    assertThat(metadata(agent, VAULT).statusCode()).isEqualTo(200);
    endpoint = request -> request.response().end(frame.replace("\"\",", "\"" + token + "t\","));
    assertRefused(metadata(agent, IMDS + "&resource=b"), 503, "temporarily_unavailable", "to answer");
  }

  @Test
  void shouldGiveUpAnEndpointThatDoesNotAnswerInTime() throws Exception {
    endpoint = request -> { };

    assertRefused(metadata(agent("identity.request-timeout", "100ms"), VAULT), 503, "temporarily_unavailable",
        "within 100 ms");
  }

  @Test
  void shouldSayThatAnEndpointCannotBeReached() throws Exception {
    IdentityAgent agent = agent();
    server.close().toCompletionStage().toCompletableFuture().get();

    assertRefused(metadata(agent, VAULT), 503, "temporarily_unavailable", "to answer");
  }

  @Test
  void shouldRefuseOneRequestMoreThanTheEndpointIsAskedAtOnce() throws Exception {
    CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
    endpoint = held::complete;
    IdentityAgent agent = agent("identity.token-requests.max", "1");

    var first = http.sendAsync(HttpRequest.newBuilder(URI.create(agent.url() + VAULT)).header("Metadata", "true").build(),
        HttpResponse.BodyHandlers.ofString());
    HttpServerRequest request = held.get();
    assertRefused(metadata(agent, IMDS + "&resource=b"), 503, "temporarily_unavailable", "at most 1");
    request.response().end("{\"access_token\":\"t\",\"expires_in\":3600}");

    assertThat(first.get().statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseOtherMethods() throws Exception {
    HttpRequest post = HttpRequest.newBuilder(URI.create(agent().url() + VAULT)).header("Metadata", "true")
        .POST(HttpRequest.BodyPublishers.noBody()).build();

    HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());

    assertRefused(answer, 405, "invalid_request", "expected GET");
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  @Test
  void shouldNotStartWithoutAnIdentity() throws Exception {
    Files.delete(directory.resolve("backup.secret"));

    assertThatThrownBy(this::agent).isInstanceOf(ConfigException.class)
        .hasMessageContaining("identity.directory is " + directory).hasMessageContaining("CLIENT_ID.secret");
  }

  @Test
  void shouldNotStartWithADefaultThatIsNotThere() {
    assertThatThrownBy(() -> agent("identity.default", "restore")).isInstanceOf(ConfigException.class)
        .hasMessageContaining("identity.default is restore").hasMessageContaining("expected one of backup");
  }

  @Test
  void shouldNotSendSecretsOverANetworkInPlainText() {
    assertThatThrownBy(() -> agent("identity.token-endpoint", "http://192.0.2.1/connect/token"))
        .isInstanceOf(ConfigException.class).hasMessageContaining("use https");
  }
}
