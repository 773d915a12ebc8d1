package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.BackchannelRequests;
import dev.mintlog.fixture.CapturedLog;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.runtime.config.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenID CIBA Core §10.2: the client is told that its request is decided. */
class CibaPingTest {
  private static final String TOKEN = "8d67dc78-7faa-4d41-aabd-67707b374255";

  private final RunningSystem system = RunningSystem.shared();
  private final MadeCertificate certificate = MadeCertificate.server("CN=pinged-bank");
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private HttpsServer endpoint;
  private Edge edge;

  @TempDir Path dir;

  private record Told(String method, String path, String authorization, String contentType, String body) {}

  @BeforeEach
  void listen() throws Exception {
    endpoint = HttpsServer.create(
        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), system.registry().notificationPort()), 0);
    endpoint.setHttpsConfigurator(new HttpsConfigurator(certificate.serving()));
    endpoint.createContext("/", exchange -> {
      told.add(new Told(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
          exchange.getRequestHeaders().getFirst("Authorization"), exchange.getRequestHeaders().getFirst("Content-Type"),
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(204, -1);
      exchange.close();
    });
    endpoint.start();
  }

  @AfterEach
  void stop() {
    endpoint.stop(0);
    if (edge != null) {
      edge.close();
    }
  }

  @Test
  void shouldTellTheClientOfAnApproval() throws Exception {
    start(true);
    Answer asked = ask();

    assertThat(login().approveBackchannel(id(asked), Map.of("subject", "s-ada", "amr", List.of("hwk"))).status())
        .isEqualTo(200);

    Told ping = told.poll(20, TimeUnit.SECONDS);
    assertThat(ping).isNotNull();
    assertThat(ping.method()).isEqualTo("POST");
    assertThat(ping.path()).isEqualTo("/ping");
    assertThat(ping.authorization()).isEqualTo("Bearer " + TOKEN);
    assertThat(ping.contentType()).isEqualTo("application/json");
    assertThat(new ObjectMapper().readTree(ping.body()))
        .isEqualTo(new ObjectMapper().createObjectNode().put("auth_req_id", asked.text("auth_req_id")));
    assertThat(client().pollBackchannel(asked.text("auth_req_id")).status()).isEqualTo(200);
  }

  @Test
  void shouldTellTheClientOfARefusal() throws Exception {
    start(true);
    Answer asked = ask();

    login().refuseBackchannel(id(asked));

    assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(client().pollBackchannel(asked.text("auth_req_id")).error()).isEqualTo("access_denied");
  }

  @Test
  void shouldWantANotificationToken() throws Exception {
    start(true);

    assertThat(client().backchannel("scope", "openid", "login_hint", "ada").error()).isEqualTo("invalid_request");
    assertThat(client().backchannel("scope", "openid", "login_hint", "ada", "client_notification_token", "two words")
        .error()).isEqualTo("invalid_request");
  }

  @Test
  void shouldNotReachPrivateAddressesUnlessAllowed() throws Exception {
    start(false);
    Answer asked = ask();

    try (CapturedLog log = CapturedLog.begin()) {
      login().approveBackchannel(id(asked), Map.of("subject", "s-ada"));

      Awaitility.await().atMost(Duration.ofSeconds(20)).until(
          () -> log.lines().stream().anyMatch(line -> line.contains("default/pinged-bank is not told")));
      assertThat(String.join("\n", log.lines())).contains("ciba.notification.allow-private-addresses")
          .doesNotContain(TOKEN).doesNotContain(asked.text("auth_req_id"));
    }
    assertThat(told).isEmpty();
    assertThat(client().pollBackchannel(asked.text("auth_req_id")).status()).as("it polls").isEqualTo(200);
  }

  private void start(boolean allowPrivate) throws Exception {
    Map<String, String> texts = system.edgeTexts(0);
    texts.put("ciba.notification.allow-private-addresses", Boolean.toString(allowPrivate));
    texts.put("ciba.notification.trusted-certificates",
        Files.writeString(dir.resolve("client.crt"), certificate.pem()).toString());
    texts.put("ciba.notification.attempts-max", "1");
    edge = Edge.start(Settings.of(EdgeKeys.ALL, texts));
  }

  private Answer ask() {
    Answer asked = client().backchannel("scope", "openid", "login_hint", "ada", "client_notification_token", TOKEN);
    assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
    return asked;
  }

  private TokenClient client() {
    return system.client("pinged-bank").at(URI.create("http://127.0.0.1:" + edge.port()));
  }

  private LoginApplication login() {
    return system.loginApplication().at(URI.create("http://127.0.0.1:" + edge.loginPort()));
  }

  private String id(Answer asked) {
    return BackchannelRequests.id(system, asked);
  }
}
