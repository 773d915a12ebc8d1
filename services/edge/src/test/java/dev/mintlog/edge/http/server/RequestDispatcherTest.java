package dev.mintlog.edge.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.NamedProxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever fails on a request's way, it is answered. */
class RequestDispatcherTest {
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void shouldAnswerServerErrorWhenAnEndpointFails() throws Exception {
    assertServerError(routed(new Failing(() -> {
      throw new IllegalStateException("broken");
    })));
  }

  @Test
  void shouldAnswerServerErrorWhenTheStackOverflows() throws Exception {
    assertServerError(routed(new Failing(() -> overflow(0))));
  }

  @Test
  void shouldAnswerServerErrorWhenAPathCannotBeLookedUp() throws Exception {
    assertServerError(path -> {
      throw new IllegalStateException("no registry");
    });
  }

  @Test
  void shouldAnswerServerErrorWhenTheMethodsCannotBeTold() throws Exception {
    assertServerError(routed(new Endpoint() {
      @Override
      public Set<HttpMethod> methods() {
        throw new IllegalStateException("broken");
      }

      @Override
      public void handle(Exchange exchange) {}
    }));
  }

  private static Function<String, Optional<Route>> routed(Endpoint endpoint) {
    return path -> Optional.of(new Route(endpoint, "default"));
  }

  private static int overflow(int depth) {
    return depth < 0 ? 0 : 1 + overflow(depth + 1);
  }

  private void assertServerError(Function<String, Optional<Route>> routes) throws Exception {
    HttpServer server = vertx.createHttpServer()
        .requestHandler(new RequestDispatcher(
            routes, InstantSource.system(), Runnable::run, () -> false, NamedProxies.NONE));
    int port = server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS)
        .actualPort();

    HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/any"))
        .timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new JsonObject(answer.body()).getString("error")).isEqualTo("server_error");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
  }

  private record Failing(Runnable failure) implements Endpoint {
    @Override
    public Set<HttpMethod> methods() {
      return Set.of(HttpMethod.GET);
    }

    @Override
    public void handle(Exchange exchange) {
      failure.run();
    }
  }
}
