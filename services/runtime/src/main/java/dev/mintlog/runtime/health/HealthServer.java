package dev.mintlog.runtime.health;

import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Serves {@code /health/live} (200 while the process answers at all) and {@code /health/ready} (200 or 503, with a JSON
 * body that lists each check and gauge) on a port of its own.
 */
public final class HealthServer implements Part {
  private static final Duration LISTEN_MAX = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final String host;
  private final int port;
  private final Health health;
  private volatile HttpServer server;

  /** @param port 0 for any free one; see {@link #port()} */
  public HealthServer(Vertx vertx, String host, int port, Health health) {
    this.vertx = vertx;
    this.host = host;
    this.port = port;
    this.health = health;
  }

  @Override
  public String name() {
    return "health server";
  }

  @Override
  public void start() throws InterruptedException {
    server = vertx.createHttpServer().requestHandler(this::answer);
    try {
      await(server.listen(port, host), LISTEN_MAX);
    } catch (ExecutionException e) {
      throw new StartException("Expected to serve /health on " + host + ":" + port + ", but found: "
          + e.getCause().getMessage() + "; choose another port", e.getCause());
    } catch (TimeoutException e) {
      throw new StartException("Expected to serve /health on " + host + ":" + port + " within "
          + LISTEN_MAX.toSeconds() + " s, but that took longer; try again", e);
    }
  }

  /** The port that is listened on, once started. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void stop(Duration drainMax) throws InterruptedException {
    HttpServer started = server;
    if (started == null) {
      return;
    }
    try {
      await(started.close(), drainMax);
    } catch (ExecutionException | TimeoutException e) {
      // The process ends in any case, and the port with it.
    }
  }

  private static void await(Future<?> future, Duration max)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void answer(HttpServerRequest request) {
    if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
      request.response().setStatusCode(405).putHeader("Allow", "GET, HEAD").end();
      return;
    }
    switch (request.path()) {
      case "/health/live" -> json(request, 200, "{\"live\":true}");
      case "/health/ready" -> {
        Health.Report report = health.report();
        json(request, report.ready() ? 200 : 503, report.json());
      }
      default -> request.response().setStatusCode(404).end();
    }
  }

  private static void json(HttpServerRequest request, int status, String body) {
    request.response().setStatusCode(status).putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store").end(body);
  }
}
