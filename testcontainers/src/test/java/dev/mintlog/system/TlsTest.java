package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.CapturedLog;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.EndedCommand;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS of the public port: HTTP/2 by ALPN (RFC 9113 §3.2), certificates replaced while serving. */
class TlsTest {
  private final RunningSystem system = RunningSystem.shared();
  private final MadeCertificate first = MadeCertificate.server("CN=first");
  private Path certificate;
  private Path key;
  private Edge edge;

  @TempDir Path dir;

  @BeforeEach
  void files() throws IOException {
    certificate = dir.resolve("tls.crt");
    key = dir.resolve("tls.key");
    first.writeTo(certificate, key);
  }

  @AfterEach
  void stop() {
    if (edge != null) {
      edge.close();
    }
  }

  @Test
  void shouldIssueATokenOverHttp2() throws Exception {
    start(Map.of());

    HttpResponse<String> answer = token(first.trustedBy(Optional.empty()));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(system.relyingParty().verified(Answer.of(answer).accessToken()).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldServeHttp11ToWhoOffersNoMore() throws Exception {
    start(Map.of());

    HttpResponse<String> answer = first.trustedBy(Optional.empty()).send(
        request().version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  @Test
  void shouldRefuseABodyThatIsTooLargeAndGoOnServingItsConnection() throws Exception {
    start(Map.of());
    HttpClient client = first.trustedBy(Optional.empty());

    HttpResponse<String> answer = client.send(HttpRequest.newBuilder(url())
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("a=" + "b".repeat(100_000))).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(token(client).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeAKeyStore() throws Exception {
    Path store = dir.resolve("tls.p12");
    first.keyStoreTo(store, "open");
    edge = Edge.start(settings(Map.of("http.tls.key-store", store.toString(), "http.tls.password", "open")));

    assertThat(token(first.trustedBy(Optional.empty())).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeAReplacedCertificateToNewConnectionsAndTheOldOneWhileTheNewOneIsBroken() throws Exception {
    // Given
    start(Map.of("http.tls.reload-interval", "100ms"));
    HttpClient connected = first.trustedBy(Optional.empty());
    assertThat(token(connected).statusCode()).isEqualTo(200);

    // When the file is broken
    try (CapturedLog log = CapturedLog.begin()) {
      MadeCertificate.replace(certificate, "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !ofTls(log).isEmpty());

      // Then the old one stays, and one line says so
      assertThat(token(first.trustedBy(Optional.empty())).statusCode()).isEqualTo(200);
      assertThat(ofTls(log)).hasSize(1).allSatisfy(
          line -> assertThat(line).startsWith("WARN").contains("http.tls.certificate", certificate.toString()));
    }

    // When it is whole again
    MadeCertificate second = MadeCertificate.server("CN=second");
    second.writeTo(certificate, key);

    // Then new connections get the new one, and the open connection goes on
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> served(second).equals("CN=second"));
    assertThat(token(second.trustedBy(Optional.empty())).version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThatThrownBy(() -> token(first.trustedBy(Optional.empty()))).isInstanceOf(SSLHandshakeException.class);
    assertThat(token(connected).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldTakeAnyClientCertificateWhereOneIsAskedForAndNoneWhereItIsRequired() throws Exception {
    MadeCertificate client = MadeCertificate.selfSigned("CN=client");
    start(Map.of("http.tls.client-auth", "requested"));
    assertThat(token(first.trustedBy(Optional.of(client))).statusCode()).isEqualTo(200);
    assertThat(token(first.trustedBy(Optional.empty())).statusCode()).isEqualTo(200);
    edge.close();

    start(Map.of("http.tls.client-auth", "required"));
    assertThat(token(first.trustedBy(Optional.of(client))).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> token(first.trustedBy(Optional.empty()))).isInstanceOf(IOException.class);
  }

  @Test
  void shouldSayAWrongPasswordInOneLine() throws Exception {
    Path store = dir.resolve("tls.p12");
    first.keyStoreTo(store, "open");
    Map<String, String> settings = texts();
    settings.put("http.tls.key-store", store.toString());
    settings.put("http.tls.password", "s3cr3t");
    Path file = Files.writeString(dir.resolve("edge.yaml"), settings.entrySet().stream()
        .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"\n").reduce("", String::concat));

    EndedCommand.run(Map.of(), "edge", "--config", file.toString())
        .failedWithOneLineNaming("http.tls.password", store.toString()).withoutShowing("s3cr3t");
  }

  @Test
  void shouldRefuseToServeTlsUnderAPublicUrlThatSaysOtherwise() {
    assertThatThrownBy(() -> Edge.start(settings(Map.of("http.tls.certificate", certificate.toString(),
        "http.tls.private-key", key.toString(), "public-url", "http://id.example"))))
        .isInstanceOf(ConfigException.class).hasMessageContainingAll("public-url", "http://id.example", "https");
  }

  private void start(Map<String, String> more) throws InterruptedException {
    Map<String, String> tls = new HashMap<>(more);
    tls.put("http.tls.certificate", certificate.toString());
    tls.put("http.tls.private-key", key.toString());
    edge = Edge.start(settings(tls));
  }

  private Settings settings(Map<String, String> more) {
    Map<String, String> texts = texts();
    texts.putAll(more);
    return Settings.of(EdgeKeys.ALL, texts);
  }

  private Map<String, String> texts() {
    Map<String, String> texts = system.edgeTexts(0);
    texts.put("public-url", "https://127.0.0.1:8443");
    return texts;
  }

  private URI url() {
    return URI.create("https://127.0.0.1:" + edge.port() + "/connect/token");
  }

  private HttpRequest.Builder request() {
    DemoClient service = system.registry().client("service");
    return HttpRequest.newBuilder(url()).timeout(Duration.ofSeconds(40))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Authorization", TokenClient.basic(service.id(), service.secret()))
        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=orders.read"));
  }

  private HttpResponse<String> token(HttpClient client) throws IOException, InterruptedException {
    return client.send(request().build(), BodyHandlers.ofString());
  }

  private static List<String> ofTls(CapturedLog log) {
    return log.lines().stream().filter(line -> line.contains("edge.tls")).toList();
  }

  private String served(MadeCertificate trusted) throws InterruptedException {
    try {
      X509Certificate found = (X509Certificate) token(trusted.trustedBy(Optional.empty())).sslSession().orElseThrow()
          .getPeerCertificates()[0];
      return found.getSubjectX500Principal().getName();
    } catch (IOException e) {
      return "";
    }
  }
}
