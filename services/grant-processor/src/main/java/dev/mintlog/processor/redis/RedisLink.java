package dev.mintlog.processor.redis;

import dev.mintlog.processor.life.InfrastructureException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateAdapter;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.resource.ClientResources;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the Redis primary. Lost, it fails at once what was on its way and is made anew, scripts loaded: a
 * command is never sent a second time behind the back of whoever sent it, who alone knows whether it still may be. Lost
 * also counts a connection that does not answer, and one to a server that is no primary any more. Thread-safe.
 */
public final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  /** A Redis that takes longer is as good as gone: what waits behind it is to fail and be tried again. */
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
  private static final long PAUSE_BETWEEN_ATTEMPTS_MS = 100;
  private static final String NOT_CONNECTED = "not yet connected";

  private final RedisURI uri;
  private final ClientResources resources;
  private final RedisClient client;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean connecting = new AtomicBoolean();
  private final AtomicLong losses = new AtomicLong();
  private volatile StatefulRedisConnection<byte[], byte[]> connection;
  private volatile String problem = NOT_CONNECTED;
  private volatile boolean closed;

  /** To a Redis that asks for no password. */
  public RedisLink(URI uri, ScheduledExecutorService timer) {
    this(RedisURI.create(uri), timer);
  }

  /** As a user of Redis' ACL. */
  public RedisLink(URI uri, String username, String password, ScheduledExecutorService timer) {
    this(authenticated(uri, username, password), timer);
  }

  private static RedisURI authenticated(URI uri, String username, String password) {
    RedisURI authenticated = RedisURI.create(uri);
    authenticated.setAuthentication(username, password);
    return authenticated;
  }

  private RedisLink(RedisURI uri, ScheduledExecutorService timer) {
    this.uri = uri;
    this.timer = timer;
    this.resources = ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    this.client = RedisClient.create(resources);
    client.setOptions(ClientOptions.builder()
        .autoReconnect(false)
        .socketOptions(SocketOptions.builder().connectTimeout(CONNECT_MAX).tcpNoDelay(true).build())
        .build());
    client.addListener(new RedisConnectionStateAdapter() {
      @Override
      public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
        StatefulRedisConnection<byte[], byte[]> current = connection;
        if (lost == current) {
          drop(current, "the connection was lost");
        }
      }
    });
  }

  /**
   * Connects, trying again until the bound.
   *
   * @throws InfrastructureException where Redis cannot be reached within it
   */
  public void connect(Duration bound) throws InterruptedException {
    long deadline = System.nanoTime() + bound.toNanos();
    while (!isConnected()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new InfrastructureException(problem);
      }
      try {
        connected().get(left, TimeUnit.NANOSECONDS);
      } catch (ExecutionException e) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_BETWEEN_ATTEMPTS_MS);
      } catch (TimeoutException e) {
        // What the attempt before found says more, where there was one.
        problem = problem.equals(NOT_CONNECTED) ? "it did not answer" : problem;
      }
    }
  }

  public boolean isConnected() {
    return connection != null;
  }

  /** What is wrong with the connection; empty where nothing is. */
  public String problem() {
    return isConnected() ? "" : problem;
  }

  /** How often the connection was lost. */
  public long losses() {
    return losses.get();
  }

  /** For people; without credentials. */
  public String address() {
    return uri.getHost() + ":" + uri.getPort();
  }

  /**
   * Sends commands as one flush, in this order, with nobody else's among them on the wire.
   *
   * @return completes, never exceptionally, after each of the commands has completed, one way or the other
   */
  CompletionStage<Void> send(List<AsyncCommand<byte[], byte[], ?>> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    StatefulRedisConnection<byte[], byte[]> current = connection;
    if (current == null) {
      commands.forEach(command -> command.completeExceptionally(
          new InfrastructureException("Redis at " + address() + " cannot be reached: " + problem)));
      return CompletableFuture.completedFuture(null);
    }
    ScheduledFuture<?> patience = timer.schedule(
        () -> drop(current, "it did not answer within " + ANSWER_MAX.toMillis() + " ms"),
        ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<?>[] answers = commands.toArray(CompletableFuture[]::new);
    CompletableFuture<Void> all = CompletableFuture.allOf(answers).handle((done, failure) -> {
      patience.cancel(false);
      if (failure != null) {
        dropWhereUseless(current, failure);
      }
      return null;
    });
    try {
      current.dispatch(commands);
    } catch (RuntimeException e) {
      drop(current, e.toString());
      commands.forEach(command -> command.completeExceptionally(e));
    }
    return all;
  }

  /**
   * Sends commands as one flush and waits until all have answered.
   *
   * @throws InfrastructureException where one has not
   */
  void sendAndWait(List<AsyncCommand<byte[], byte[], ?>> commands) throws InterruptedException {
    try {
      send(commands).toCompletableFuture().get();
      for (AsyncCommand<byte[], byte[], ?> command : commands) {
        command.get();
      }
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InfrastructureException("Redis did not answer: " + cause.getMessage(), cause);
    }
  }

  /** The server is no primary: connects anew, for its name may lead to another by now. */
  void lookUpAgain() {
    StatefulRedisConnection<byte[], byte[]> current = connection;
    if (current != null) {
      drop(current, "it is not the primary");
    }
  }

  @Override
  public void close() {
    closed = true;
    connection = null;
    problem = "closed";
    client.shutdown(0, 2, TimeUnit.SECONDS);
    resources.shutdown(0, 2, TimeUnit.SECONDS);
  }

  // A server that lost the scripts gets them with a new connection; one that became a replica is looked up anew.
  private void dropWhereUseless(StatefulRedisConnection<byte[], byte[]> current, Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = String.valueOf(cause.getMessage());
    if (message.startsWith("NOSCRIPT") || message.startsWith("READONLY")) {
      drop(current, message);
    }
  }

  private void drop(StatefulRedisConnection<byte[], byte[]> lost, String why) {
    synchronized (this) {
      if (connection != lost) {
        return;
      }
      connection = null;
      problem = why;
    }
    losses.incrementAndGet();
    if (!closed) {
      LOG.warn("lost Redis at {}: {}", address(), why);
      timer.execute(this::reconnect);
    }
    // Fails whatever still waits for an answer on it.
    lost.closeAsync();
  }

  private void reconnect() {
    if (closed || isConnected() || !connecting.compareAndSet(false, true)) {
      return;
    }
    connected().whenComplete((made, failure) -> {
      connecting.set(false);
      if (failure == null) {
        LOG.info("connected to Redis at {}", address());
      } else if (!closed) {
        timer.schedule(this::reconnect, PAUSE_BETWEEN_ATTEMPTS_MS, TimeUnit.MILLISECONDS);
      }
    });
  }

  private CompletableFuture<Void> connected() {
    return client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture()
        .thenCompose(this::prepared)
        .whenComplete((made, failure) -> {
          if (failure != null) {
            problem = rootMessage(failure);
          }
        });
  }

  private CompletableFuture<Void> prepared(StatefulRedisConnection<byte[], byte[]> fresh) {
    List<AsyncCommand<byte[], byte[], ?>> loads = new ArrayList<>();
    for (Script script : Script.values()) {
      loads.add(RedisCommands.loadScript(script.text()));
    }
    fresh.dispatch(loads);
    return CompletableFuture.allOf(loads.toArray(CompletableFuture[]::new))
        .orTimeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((loaded, failure) -> {
          if (failure != null || closed || !fresh.isOpen()) {
            fresh.closeAsync();
          } else {
            connection = fresh;
          }
        });
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
