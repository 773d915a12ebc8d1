package dev.mintlog.processor;

import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.health.Health;
import dev.mintlog.runtime.health.HealthServer;
import dev.mintlog.runtime.lifecycle.OpenedParts;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The port that tells health; none where it is configured as 0. */
final class HealthPort {
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private HealthPort() {}

  static void open(Settings settings, Health health, OpenedParts opened) throws InterruptedException {
    int port = settings.get(ProcessorKeys.HEALTH_PORT);
    if (port == 0) {
      return;
    }
    Vertx vertx = Vertx.vertx(
        new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
    opened.closeWith("vertx", drain -> vertx.close().toCompletionStage().toCompletableFuture().get(
        CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS));
    HealthServer server = new HealthServer(vertx, settings.get(ProcessorKeys.HEALTH_HOST), port, health);
    opened.closeWith("health port", server::stop);
    server.start();
  }
}
