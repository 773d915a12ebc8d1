package dev.mintlog.edge.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server is on loopback: where it answers, private addresses are allowed. */
class HttpKeySetFetchTest {
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger requests = new AtomicInteger();
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
    assertThat(fetch("/keys", address -> true)).contains("{\"keys\":[]}");
    assertThat(fetch("/query?a=b%20c", address -> true)).contains("a=b%20c");
    assertThat(fetch("/host", address -> true)).contains("127.0.0.1:" + server.actualPort());
  }

  @Test
  void shouldNotReachAPrivateAddress() throws Exception {
    assertThat(fetch("/keys", PublicAddresses::contains)).isEmpty();
    for (String host : new String[] {"localhost", "[::1]", "127.1", "0x7f000001", "2130706433", "0.0.0.0",
        "[::ffff:127.0.0.1]"}) {
      assertThat(fetch(URI.create("http://" + host + ":" + server.actualPort() + "/keys"), PublicAddresses::contains))
          .as(host).isEmpty();
    }
    assertThat(requests).hasValue(0);
  }

  @Test
  void shouldNotFollowARedirect() throws Exception {
    assertThat(fetch("/moved", address -> true)).isEmpty();
    assertThat(requests).hasValue(1);
  }

  @Test
  void shouldTakeNoMoreThanItsBound() throws Exception {
    assertThat(fetch("/largest", address -> true)).hasValueSatisfying(
        text -> assertThat(text).hasSize(HttpKeySetFetch.BYTES_MAX));
    assertThat(fetch("/too-large", address -> true)).isEmpty();
    assertThat(fetch("/endless", address -> true)).isEmpty();
  }

  @Test
  void shouldWaitNoLongerThanItsBound() throws Exception {
    assertThat(fetch("/silent", address -> true)).isEmpty();
    assertThat(fetch("/unfinished", address -> true)).isEmpty();
  }

  @Test
  void shouldTakeOnlyWhatWasFound() throws Exception {
    assertThat(fetch("/absent", address -> true)).isEmpty();
    assertThat(fetch(URI.create("http://127.0.0.1:1/keys"), address -> true)).isEmpty();
    assertThat(fetch(URI.create("http://no-such-host.invalid/keys"), address -> true)).isEmpty();
    // No TLS there.
    assertThat(fetch(URI.create("https://127.0.0.1:" + server.actualPort() + "/keys"), address -> true)).isEmpty();
  }

  private Optional<String> fetch(String path, Predicate<InetAddress> mayBeReached) throws Exception {
    return fetch(URI.create("http://127.0.0.1:" + server.actualPort() + path), mayBeReached);
  }

  private Optional<String> fetch(URI uri, Predicate<InetAddress> mayBeReached) throws Exception {
    CompletableFuture<Optional<String>> found = new CompletableFuture<>();
    try (HttpKeySetFetch fetch = new HttpKeySetFetch(vertx, new HttpClientOptions(), mayBeReached, WAIT)) {
      fetch.fetch(uri, found::complete);
      return found.get(20, TimeUnit.SECONDS);
    }
  }
}
