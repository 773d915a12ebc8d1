package dev.mintlog.edge.notification;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends pings, on threads of its own and with bounds on all there is: how many wait, how many of one client, how long an
 * attempt takes, how many attempts there are. What is given up is logged and harmless: the client may poll all the same.
 * Thread-safe.
 */
final class Pings implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pings.class);
  private static final int SERVER_ERRORS = 500;

  private final ScheduledThreadPoolExecutor threads;
  private final PingCall call;
  private final int waitingMax;
  private final int perClientMax;
  private final int attemptsMax;
  private final Duration firstDelay;
  private final Map<String, Integer> waitingOf = new HashMap<>();
  private int waiting;

  /** @param firstDelay between the first and the second attempt; doubled before each further one */
  Pings(Vertx vertx, NotificationConfig config, Duration firstDelay) {
    this.threads = new ScheduledThreadPoolExecutor(config.threads(), named("edge-ping-"));
    this.threads.setRemoveOnCancelPolicy(true);
    this.call = new PingCall(vertx, config);
    this.waitingMax = config.queueMax();
    this.perClientMax = Math.max(1, config.queueMax() / 2);
    this.attemptsMax = config.attemptsMax();
    this.firstDelay = firstDelay;
  }

  /** Sends it soon. Never blocks; false where there is no room, in general or for this client. */
  boolean offer(Ping ping) {
    if (!take(ping.client())) {
      LOG.warn("{} is not told of a decision: expected room to notify, but all of it is in use", ping.client());
      return false;
    }
    try {
      threads.execute(() -> attempt(ping, 1));
      return true;
    } catch (RejectedExecutionException e) {
      giveBack(ping.client());
      return false;
    }
  }

  private void attempt(Ping ping, int number) {
    String problem;
    boolean again;
    try {
      int status = call.send(ping);
      if (status / 100 == 2) {
        giveBack(ping.client());
        return;
      }
      problem = "expected 204, but found " + status;
      // OpenID CIBA Core §10.2: "The OP MUST NOT follow redirects." What else is no server's error stays as it is.
      again = status >= SERVER_ERRORS;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      problem = String.valueOf(e.getCause() == null ? e : e.getCause());
      again = true;
    } catch (InterruptedException e) {
      // It ends.
      Thread.currentThread().interrupt();
      problem = "the edge ends";
      again = false;
    }
    if (!again || number >= attemptsMax || !later(ping, number)) {
      LOG.warn("{} is not told of a decision, after attempt {}: {}", ping.client(), number, problem);
      giveBack(ping.client());
    }
  }

  private boolean later(Ping ping, int number) {
    try {
      threads.schedule(() -> attempt(ping, number + 1), firstDelay.toMillis() << (number - 1), TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private synchronized boolean take(String client) {
    if (waiting >= waitingMax || waitingOf.getOrDefault(client, 0) >= perClientMax) {
      return false;
    }
    waiting++;
    waitingOf.merge(client, 1, Integer::sum);
    return true;
  }

  private synchronized void giveBack(String client) {
    waiting--;
    waitingOf.computeIfPresent(client, (id, count) -> count == 1 ? null : count - 1);
  }

  /** How many wait or are being sent. */
  synchronized int waiting() {
    return waiting;
  }

  private static java.util.concurrent.ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Ends; what waits is dropped. */
  @Override
  public void close() {
    threads.shutdownNow();
    call.close();
  }
}
