package dev.mintlog.identity;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.Part;
import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running identity agent. It listens on loopback and nowhere else. */
public final class IdentityAgent implements Part {
  private static final Logger LOG = LoggerFactory.getLogger(IdentityAgent.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration LISTEN_MAX = Duration.ofSeconds(10);
  private static final int URI_BYTES_MAX = 4_096;

  private final Settings settings;
  private volatile Vertx vertx;
  private volatile HttpServer server;

  /** @param settings of {@link IdentityAgentKeys#ALL} */
  public IdentityAgent(Settings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "identity agent";
  }

  /** @throws ConfigException one line, where the settings do not fit what is found on this host */
  @Override
  public void start() throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Protocol protocol = settings.find(IdentityAgentKeys.HEADER).<Protocol>map(AppService::new)
        .orElseGet(() -> new InstanceMetadata(clock));
    Identities identities =
        Identities.in(settings.get(IdentityAgentKeys.DIRECTORY), settings.find(IdentityAgentKeys.DEFAULT));
    URI tokenEndpoint = tokenEndpoint();
    settings.find(IdentityAgentKeys.TRUSTED_CERTIFICATES).ifPresent(IdentityAgent::requireReadable);
    // One event loop: what is kept is confined to it.
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    Tokens tokens = new CachedTokens(new TokenEndpoint(vertx, tokenEndpoint,
        settings.find(IdentityAgentKeys.TRUSTED_CERTIFICATES), identities, new TokenEndpointAnswer(clock),
        settings.get(IdentityAgentKeys.REQUEST_TIMEOUT), settings.get(IdentityAgentKeys.TOKEN_REQUESTS_MAX)), clock);
    server = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(URI_BYTES_MAX))
        .requestHandler(new IdentityEndpoint(protocol, identities, tokens)::serve);
    listen();
    LOG.info("identity agent serves on {}; workloads find it by {}", url(), protocol.setting(url()));
  }

  private URI tokenEndpoint() {
    URI uri = settings.get(IdentityAgentKeys.TOKEN_ENDPOINT);
    if (!uri.getScheme().equalsIgnoreCase("https") && !isLoopback(uri)) {
      throw new ConfigException(IdentityAgentKeys.TOKEN_ENDPOINT + " is " + uri + ", but the secrets of identities"
          + " leave this host over TLS only; use https, or a host on loopback");
    }
    return uri;
  }

  private static boolean isLoopback(URI uri) {
    try {
      return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static void requireReadable(Path file) {
    if (!Files.isReadable(file)) {
      throw new ConfigException(IdentityAgentKeys.TRUSTED_CERTIFICATES + " is " + file
          + ", but it is not there or may not be read; name a PEM file");
    }
  }

  private void listen() throws InterruptedException {
    int port = settings.get(IdentityAgentKeys.PORT);
    try {
      await(server.listen(port, LOOPBACK), LISTEN_MAX);
    } catch (ExecutionException | TimeoutException e) {
      throw new StartException("Expected to serve on " + LOOPBACK + ":" + port + " (" + IdentityAgentKeys.PORT
          + "), but found: " + (e.getCause() == null ? "no answer" : e.getCause().getMessage())
          + "; choose another port", e);
    }
  }

  /** How workloads reach it: scheme, host and port. */
  public String url() {
    return "http://" + LOOPBACK + ":" + server.actualPort();
  }

  @Override
  public void stop(Duration drainMax) throws InterruptedException {
    Vertx started = vertx;
    if (started == null) {
      return;
    }
    try {
      if (server != null) {
        await(server.shutdown(drainMax.toMillis(), TimeUnit.MILLISECONDS), drainMax);
      }
      await(started.close(), drainMax);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever is left loses the connection when the process ends.
    }
  }

  private static void await(Future<?> future, Duration max)
      throws InterruptedException, ExecutionException, TimeoutException {
    future.toCompletionStage().toCompletableFuture().get(max.toMillis(), TimeUnit.MILLISECONDS);
  }
}
