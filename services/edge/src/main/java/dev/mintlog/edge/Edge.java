package dev.mintlog.edge;

import dev.mintlog.channel.handle.Handles;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.http.server.CommandParts;
import dev.mintlog.edge.http.server.HttpPorts;
import dev.mintlog.edge.http.server.HttpWiring;
import dev.mintlog.edge.limit.ClientProofLimits;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.limit.SignInLimits;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.reply.PendingReplies;
import dev.mintlog.edge.tls.PublicTls;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.crypto.FastSignatures;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.runtime.health.HealthServer;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import dev.mintlog.runtime.lifecycle.StartException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running edge: everything wired by hand, top to bottom, and taken down in the opposite order. */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration DRAIN_MAX = Duration.ofSeconds(15);

  private final EdgeConfig config;
  private final OpenedParts opened = new OpenedParts();
  private final Ticks ticks = opened.add("ticks", new Ticks());
  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock = InstantSource.system();
  private final PendingReplies pending;
  private HttpPorts ports;
  private int healthPort;
  private volatile EdgeHealth.Stage stage = EdgeHealth.Stage.STARTING;

  private Edge(EdgeConfig config) {
    this.config = config;
    this.pending = new PendingReplies(config.replies().pendingMax(), config.replies().perClientPercent(),
        config.replies().perTenantPercent(), config.replies().waitMax(), System::nanoTime);
  }

  /**
   * Starts an edge; it serves when this returns.
   *
   * @param settings of {@link EdgeKeys#ALL}
   * @throws StartException one line, where it cannot start
   */
  public static Edge start(Settings settings) throws InterruptedException {
    LOG.info("edge settings: {}", settings.describe());
    Edge edge = new Edge(EdgeConfig.of(settings));
    try {
      edge.open();
      return edge;
    } catch (ChannelStartException e) {
      edge.close(Duration.ZERO);
      throw new StartException(e.getMessage(), e);
    } catch (RuntimeException | InterruptedException e) {
      edge.close(Duration.ZERO);
      throw e;
    }
  }

  private void open() throws InterruptedException {
    EdgeLog log = EdgeLog.open(config, opened, pending, clock, random);
    EdgeState state = EdgeState.open(config, opened, log);
    log.replies().start();
    ticks.every(Duration.ofMillis(50), pending::giveUpOverdue);
    ticks.every(Duration.ofSeconds(1), log.denials()::flush);
    ticks.every(Duration.ofSeconds(2), log.reach()::ask);

    ClientRateLimits limits = new ClientRateLimits(config.clientRateLimit(), System::nanoTime);
    ClientProofLimits clientProofs = new ClientProofLimits(config.clientProofs(), System::nanoTime);
    SignInLimits signIns = new SignInLimits(config.signIn(), System::nanoTime);
    Health health = new EdgeHealth(() -> stage, log, state, pending, limits, clientProofs, signIns).health();
    EdgeProviders providers = new EdgeProviders(config, opened, random);
    UserClaims userClaims = providers.userClaims();
    // Loaded now: the first request to need it would hold up the event loop.
    FastSignatures.provider();
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(config.bindings().eventLoops()));
    opened.add("vertx", () -> vertx.close().await(5, TimeUnit.SECONDS));
    HttpWiring http = new HttpWiring(
        log.registry()::current,
        EdgeProofs.open(config, opened, vertx, clientProofs, random),
        CommandParts.of(config.channel(),
            new TokenCommandSender(log.commands(), pending, config.replies().timeToAnswer(), random), random),
        providers.grants(signIns, userClaims),
        userClaims,
        state.deviceAuthorizations(),
        state.authorizations(),
        limits,
        new Handles(config.channel()),
        opened.add("notifications", new DecisionNotices(vertx, config.notifications())),
        log.denials(),
        config.urls(),
        config.tenantAliases(),
        health,
        clock);
    serveHealth(vertx, health);
    serve(vertx, http);
    LOG.info("edge serves on {}:{}, the login application on {}:{}, replies on partition {}",
        config.bindings().host(), port(), config.bindings().loginHost(), loginPort(), log.replyPartition());
  }

  private void serve(Vertx vertx, HttpWiring http) throws InterruptedException {
    Optional<PublicTls> tls = config.tls().map(configured -> new PublicTls(configured, clock));
    ports = http.ports(vertx, config.bindings(), tls.map(PublicTls::options));
    ports.open();
    stage = EdgeHealth.Stage.SERVING;
    tls.ifPresent(served ->
        ticks.every(served.config().reloadInterval(), () -> served.look(ports::serveNewConnectionsWith)));
  }

  private void serveHealth(Vertx vertx, Health health) throws InterruptedException {
    if (config.healthPort() > 0) {
      HealthServer server = new HealthServer(vertx, config.healthHost(), config.healthPort(), health);
      server.start();
      healthPort = server.port();
    }
  }

  /** The port that clients are served on. */
  public int port() {
    return ports.port();
  }

  /** The port of the login application's API, which serves health too. */
  public int loginPort() {
    return ports.loginPort();
  }

  /** The port of health; 0 where it has none of its own. */
  public int healthPort() {
    return healthPort;
  }

  /** Stops as {@link #close(Duration)}, with a bound of its own. */
  @Override
  public void close() {
    try {
      close(DRAIN_MAX);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Stops: not ready at once, no more connections; what is in flight is answered; then everything else goes.
   *
   * @param drainMax how long answers are waited for
   */
  public void close(Duration drainMax) throws InterruptedException {
    stage = EdgeHealth.Stage.STOPPING;
    try {
      if (ports != null) {
        ports.shutDown(drainMax);
      }
      pending.close(Duration.ZERO);
    } finally {
      opened.close(Duration.ZERO);
    }
  }
}
