package dev.mintlog.edge.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.outbound.Addresses;
import dev.mintlog.edge.tls.TestCertificate;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is on loopback: where it answers, private addresses are allowed. */
class HttpKeySetFetchTest {
  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Addresses PUBLIC_ONLY = Addresses.publicOnly(KeySetKeys.ALLOW_PRIVATE_ADDRESSES);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger requests = new AtomicInteger();
  private Optional<String> authorities = Optional.empty();
  private HttpServer server;

  @BeforeEach
  void serve() throws Exception {
    server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
        .requestHandler(this::answer).listen().await(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    requests.incrementAndGet();
    switch (request.path()) {
      case "/keys" -> request.response().end("{\"keys\":[]}");
      case "/query" -> request.response().end(request.query());
      case "/host" -> request.response().end(request.getHeader("Host"));
      case "/largest" -> request.response().end("x".repeat(HttpKeySetFetch.BYTES_MAX));
      case "/too-large" -> request.response().end("x".repeat(HttpKeySetFetch.BYTES_MAX + 1));
      case "/endless" -> request.response().setChunked(true).write("x".repeat(HttpKeySetFetch.BYTES_MAX + 1));
      case "/moved" -> request.response().setStatusCode(302).putHeader("Location", "/keys").end();
      case "/silent" -> { }
      case "/unfinished" -> request.response().setChunked(true).write("{");
      default -> request.response().setStatusCode(404).end();
    }
  }

  @Test
  void shouldFetchTheText() throws Exception {
    assertThat(fetch("/keys", Addresses.any())).contains("{\"keys\":[]}");
    assertThat(fetch("/query?a=b%20c", Addresses.any())).contains("a=b%20c");
    assertThat(fetch("/host", Addresses.any())).contains("127.0.0.1:" + server.actualPort());
  }

  @Test
  void shouldNotReachAPrivateAddress() throws Exception {
    assertThat(fetch("/keys", PUBLIC_ONLY)).isEmpty();
    for (String host : new String[] {"localhost", "[::1]", "127.1", "0x7f000001", "2130706433", "0.0.0.0",
        "[::ffff:127.0.0.1]"}) {
      assertThat(fetch(URI.create("http://" + host + ":" + server.actualPort() + "/keys"), PUBLIC_ONLY))
          .as(host).isEmpty();
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldNotFollowARedirect() throws Exception {
    assertThat(fetch("/moved", Addresses.any())).isEmpty();
    assertThat(requests).hasValue(1);
  }

  @Test
  void shouldTakeNoMoreThanItsBound() throws Exception {
    assertThat(fetch("/largest", Addresses.any())).hasValueSatisfying(
        text -> assertThat(text).hasSize(HttpKeySetFetch.BYTES_MAX));
    assertThat(fetch("/too-large", Addresses.any())).isEmpty();
    assertThat(fetch("/endless", Addresses.any())).isEmpty();
  }

  @Test
  void shouldWaitNoLongerThanItsBound() throws Exception {
    assertThat(fetch("/silent", Addresses.any())).isEmpty();
    assertThat(fetch("/unfinished", Addresses.any())).isEmpty();
  }

  @Test
  void shouldTakeOnlyWhatWasFound() throws Exception {
    assertThat(fetch("/absent", Addresses.any())).isEmpty();
    assertThat(fetch(URI.create("http://127.0.0.1:1/keys"), Addresses.any())).isEmpty();
    assertThat(fetch(URI.create("http://no-such-host.invalid/keys"), Addresses.any())).isEmpty();
    // No TLS there.
    assertThat(fetch(URI.create("https://127.0.0.1:" + server.actualPort() + "/keys"), Addresses.any())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"localhost, true", "other.example, false"})
  void shouldTakeACertificateForTheNameInTheUrlOnly(String certified, boolean taken) throws Exception {
    TestCertificate authority = TestCertificate.authority("trusted");
    TestCertificate certificate =
        authority.issue("CN=keys", TestCertificate.named(GeneralName.dNSName, certified));
    HttpServer secured = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0).setSsl(true)
        .setKeyCertOptions(new PemKeyCertOptions()
            .addCertValue(Buffer.buffer(TestCertificate.pem("CERTIFICATE", certificate.certificate().getEncoded())))
            .addKeyValue(Buffer.buffer(TestCertificate.pem("PRIVATE KEY", certificate.keys().getPrivate().getEncoded())))))
        .requestHandler(this::answer).listen().await(10, TimeUnit.SECONDS);
    authorities = Optional.of(TestCertificate.pem("CERTIFICATE", authority.certificate().getEncoded()));

    Optional<String> keys = fetch(URI.create("https://localhost:" + secured.actualPort() + "/keys"),
        host -> InetAddress.getByName("127.0.0.1"));

    assertThat(keys.isPresent()).isEqualTo(taken);
    assertThat(requests).hasValue(taken ? 1 : 0);
  }

  private Optional<String> fetch(String path, Addresses addresses) throws Exception {
    return fetch(URI.create("http://127.0.0.1:" + server.actualPort() + path), addresses);
  }

  private Optional<String> fetch(URI uri, Addresses addresses) throws Exception {
    CompletableFuture<Optional<String>> found = new CompletableFuture<>();
    try (HttpKeySetFetch fetch = new HttpKeySetFetch(vertx, authorities, addresses, WAIT)) {
      fetch.fetch(uri, found::complete);
      return found.get(20, TimeUnit.SECONDS);
    }
  }
}
