package dev.mintlog.edge.http.server;

import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The two ports, each served by every event loop. */
public final class HttpPorts {
  private static final Duration LISTEN_MAX = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Bindings bindings;
  private final Supplier<EdgeVerticle> verticles;
  private final List<EdgeVerticle> running = new CopyOnWriteArrayList<>();

  HttpPorts(Vertx vertx, Bindings bindings, Supplier<EdgeVerticle> verticles) {
    this.vertx = vertx;
    this.bindings = bindings;
    this.verticles = verticles;
  }

  /** @throws StartException where a port cannot be had */
  public void open() throws InterruptedException {
    Future<String> deployed = vertx.deployVerticle(() -> {
      EdgeVerticle verticle = verticles.get();
      running.add(verticle);
      return verticle;
    }, new DeploymentOptions().setInstances(bindings.eventLoops()));
    try {
      deployed.toCompletionStage().toCompletableFuture().get(LISTEN_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StartException("Expected to serve on " + bindings.host() + ":" + bindings.port() + " (http.port) and "
          + bindings.loginHost() + ":" + bindings.loginPort() + " (login.port), but found: "
          + e.getCause().getMessage() + "; choose other ports", e.getCause());
    } catch (TimeoutException e) {
      throw new StartException("Expected to serve on http.port and login.port within " + LISTEN_MAX.toSeconds()
          + " s, but that took longer; try again", e);
    }
  }

  /** Replaces the certificate of the public port; connections that are open keep the one they have. */
  public void serveNewConnectionsWith(ServerSSLOptions tls) {
    running.forEach(verticle -> verticle.serveNewConnectionsWith(tls));
  }

  /** The port that clients are served on. */
  public int port() {
    return running.get(0).port();
  }

  /** The port of the login application's API. */
  public int loginPort() {
    return running.get(0).loginPort();
  }

  /** Takes no more connections and ends those that are idle; what is in flight is answered first, within the bound. */
  public void shutDown(Duration drainMax) throws InterruptedException {
    List<Future<Void>> all = running.stream().map(verticle -> verticle.shutDown(drainMax)).toList();
    try {
      Future.join(all).toCompletionStage().toCompletableFuture().get(drainMax.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever is left loses the connection when the process ends.
    }
  }
}
