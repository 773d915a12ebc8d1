package dev.mintlog.edge.state;

import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.connections.RedisAddress;
import dev.mintlog.runtime.lifecycle.StartException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Reads from a Redis primary over one connection. Thread-safe. */
public final class RedisStateReader implements StateReader, AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final int REQUESTS_MAX = 10_000;

  private final RedisClient client;
  private final StatefulRedisConnection<byte[], byte[]> connection;

  private RedisStateReader(RedisClient client, StatefulRedisConnection<byte[], byte[]> connection) {
    this.client = client;
    this.connection = connection;
  }

  /** @throws StartException where nothing answers there */
  public static RedisStateReader connect(RedisAddress address) {
    RedisURI redis = RedisURI.create(address.uri());
    address.password().ifPresent(password -> redis.setAuthentication(address.username(), password.reveal()));
    // Bounds the handshake too: a server that takes connections and keeps silent is none.
    redis.setTimeout(ANSWER_MAX);
    RedisClient client = RedisClient.create(redis);
    client.setOptions(ClientOptions.builder()
        // Gone means 503 at once, not a request that waits for it to come back.
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(REQUESTS_MAX)
        .socketOptions(SocketOptions.builder().connectTimeout(ANSWER_MAX).build())
        .timeoutOptions(TimeoutOptions.enabled(ANSWER_MAX))
        .build());
    try {
      return new RedisStateReader(client, client.connect(ByteArrayCodec.INSTANCE));
    } catch (RedisException e) {
      client.shutdown(Duration.ZERO, ANSWER_MAX);
      throw new StartException("redis.uri: expected Redis at " + redis.getHost() + ":" + redis.getPort()
          + ", but found: " + rootMessage(e) + "; start it or correct the setting", e);
    }
  }

  @Override
  public CompletionStage<Values> read(List<byte[]> keys) {
    List<AsyncCommand<byte[], byte[], byte[]>> reads = new ArrayList<>(keys.size());
    for (byte[] key : keys) {
      reads.add(command(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE),
          new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key)));
    }
    AsyncCommand<byte[], byte[], String> info = command(CommandType.INFO, new StatusOutput<>(ByteArrayCodec.INSTANCE),
        new CommandArgs<>(ByteArrayCodec.INSTANCE).add("replication"));
    List<RedisCommand<byte[], byte[], ?>> flush = new ArrayList<>(reads);
    flush.add(info);
    try {
      connection.dispatch(flush);
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(e);
    }
    CompletableFuture<?>[] all = new CompletableFuture<?>[flush.size()];
    for (int i = 0; i < reads.size(); i++) {
      all[i] = reads.get(i).toCompletableFuture();
    }
    all[reads.size()] = info.toCompletableFuture();
    return CompletableFuture.allOf(all).thenApply(read -> new Values(
        reads.stream().map(value -> Optional.ofNullable(value.toCompletableFuture().join())).toList(),
        ReplicationState.parse(info.toCompletableFuture().join())));
  }

  /** Whether there is a connection now; a gauge. */
  public boolean isConnected() {
    return connection.isOpen();
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, ANSWER_MAX);
  }

  private static <T> AsyncCommand<byte[], byte[], T> command(CommandType type, CommandOutput<byte[], byte[], T> output,
      CommandArgs<byte[], byte[]> args) {
    return new AsyncCommand<>(new Command<>(type, output, args));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
