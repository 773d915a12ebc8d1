package dev.mintlog.edge.http.server;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop's share of both ports. The endpoints are shared: they keep nothing of a request. */
final class EdgeVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeVerticle.class);
  private static final long LOOK_MILLIS_MIN = 10;
  private static final long LOOK_MILLIS_MAX = 1_000;
  private static final int BACKLOG = 1_024;
  // Vert.x has all instances of a verticle share one free port for each negative number. Two servers on one number
  // would be one server, and the public port would serve the internal API.
  private static final int ANY_FREE_PORT = -1;
  private static final int ANOTHER_FREE_PORT = -2;

  private final Bindings bindings;
  private final Optional<ServerSSLOptions> tls;
  private final Function<String, Optional<Route>> routes;
  private final Function<String, Optional<Route>> loginRoutes;
  private final InstantSource clock;
  private final OpenConnections open;
  private final OpenConnections loginOpen;
  private HttpServer server;
  private HttpServer loginServer;
  private volatile boolean closing;

  EdgeVerticle(Bindings bindings, Optional<ServerSSLOptions> tls,
      Function<String, Optional<Route>> routes, Function<String, Optional<Route>> loginRoutes, InstantSource clock,
      OpenConnections open, OpenConnections loginOpen) {
    this.bindings = bindings;
    this.tls = tls;
    this.routes = routes;
    this.loginRoutes = loginRoutes;
    this.clock = clock;
    this.open = open;
    this.loginOpen = loginOpen;
  }

  @Override
  public Future<?> start() {
    Executor loop = task -> context.runOnContext(ignored -> task.run());
    HttpServerOptions options = options(bindings.host(), orElse(bindings.port(), ANY_FREE_PORT));
    tls.ifPresent(given -> secure(options, given));
    server = server(options, new RequestDispatcher(routes, clock, loop, () -> closing, bindings.proxies()), open);
    loginServer = server(options(bindings.loginHost(), orElse(bindings.loginPort(), ANOTHER_FREE_PORT)),
        new RequestDispatcher(loginRoutes, clock, loop, () -> closing, bindings.proxies()), loginOpen);
    return server.listen().compose(listening -> loginServer.listen());
  }

  private HttpServer server(HttpServerOptions options, RequestDispatcher dispatcher, OpenConnections connections) {
    Arrivals arrivals = new Arrivals(bindings.bounds(), connections, System::nanoTime);
    long arrivalMillisMax = bindings.bounds().arrivalMax().toMillis();
    vertx.setPeriodic(Math.max(LOOK_MILLIS_MIN, Math.min(LOOK_MILLIS_MAX, arrivalMillisMax / 4)),
        timer -> arrivals.closeOverdue());
    return vertx.createHttpServer(options)
        .connectionHandler(arrivals::opened)
        .requestHandler(request -> {
          arrivals.begun(request);
          dispatcher.handle(request);
        })
        .invalidRequestHandler(RequestDispatcher::refuseMalformed);
  }

  private HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setAcceptBacklog(BACKLOG)
        .setIdleTimeout(Math.toIntExact(bindings.bounds().idleMax().toMillis()))
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setHttp2ClearTextEnabled(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false);
  }

  private static void secure(HttpServerOptions options, ServerSSLOptions tls) {
    options.setSsl(true).setUseAlpn(true).setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setKeyCertOptions(tls.getKeyCertOptions())
        .setTrustOptions(tls.getTrustOptions())
        .setClientAuth(tls.getClientAuth());
  }

  /** The certificate for connections to come. */
  void serveNewConnectionsWith(ServerSSLOptions renewed) {
    server.updateSSLOptions(renewed).onFailure(failure ->
        LOG.warn("the certificate stays as it was: {}", failure.toString()));
  }

  private static int orElse(int port, int free) {
    return port == 0 ? free : port;
  }

  int port() {
    return server.actualPort();
  }

  int loginPort() {
    return loginServer.actualPort();
  }

  Future<Void> shutDown(Duration drainMax) {
    closing = true;
    return Future.join(
        server.shutdown(drainMax.toMillis(), TimeUnit.MILLISECONDS),
        loginServer.shutdown(drainMax.toMillis(), TimeUnit.MILLISECONDS)).mapEmpty();
  }
}
