package dev.mintlog.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthServerTest {
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<Check> kafka = new AtomicReference<>(Check.ok());
  private final Health health = new Health(
      Map.of("kafka", kafka::get), Map.of("redis-up", () -> 1, "pending", () -> {
        throw new IllegalStateException("no");
      }));
  private final HealthServer server = new HealthServer(vertx, "127.0.0.1", 0, health);

  @BeforeEach
  void start() throws InterruptedException {
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop(Duration.ofSeconds(5));
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void shouldBeReadyWhileEveryCheckIsOk() throws Exception {
    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new JsonObject(answer.body())).isEqualTo(new JsonObject()
        .put("ready", true).put("checks", new JsonObject().put("kafka", "ok"))
        .put("gauges", new JsonObject().put("redis-up", 1).put("pending", "unknown: IllegalStateException")));
  }

  @Test
  void shouldAnswer503WithTheReasonWhenACheckFails() throws Exception {
    kafka.set(Check.failing("expected metadata, but found no broker"));

    HttpResponse<String> answer = get("/health/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()).getJsonObject("checks").getString("kafka"))
        .isEqualTo("expected metadata, but found no broker");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldCountACheckThatThrowsAsFailing() throws Exception {
    kafka.set(null);

    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void shouldServeNothingElse() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(send(request("/health/live").DELETE()).statusCode()).isEqualTo(405);
  }

  @Test
  void shouldNameThePortWhenItIsTaken() {
    HealthServer second = new HealthServer(vertx, "127.0.0.1", server.port(), health);

    assertThatThrownBy(second::start).isInstanceOf(StartException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
        .timeout(Duration.ofSeconds(5));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
