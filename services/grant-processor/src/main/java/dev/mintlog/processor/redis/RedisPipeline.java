package dev.mintlog.processor.redis;

import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.store.Primary;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Commands that travel together, and what their answers rest on:
 *
 * <pre>
 * INFO replication | writes | reads | markers | INFO replication
 * </pre>
 *
 * What is written is said to be written on the primary named before it: should another take over in between, the later
 * question finds another name and the state is written again. What is read is vouched for by the marker and the primary
 * read after it: should another take over in between, the two do not fit.
 */
final class RedisPipeline {
  private final RedisAuthorizationStates states;
  private final List<AsyncCommand<byte[], byte[], ?>> writes = new ArrayList<>();
  private final List<AsyncCommand<byte[], byte[], ?>> reads = new ArrayList<>();
  private final Map<Integer, AsyncCommand<byte[], byte[], byte[]>> markers = new HashMap<>();
  private final AsyncCommand<byte[], byte[], byte[]> before = RedisCommands.info("replication");
  private final AsyncCommand<byte[], byte[], byte[]> after = RedisCommands.info("replication");
  private final List<Runnable> completions = new ArrayList<>();

  private Map<Integer, Optional<Marker>> completeSince;
  private ReplicationState replicationBefore;
  private ReplicationState replicationAfter;

  RedisPipeline(RedisAuthorizationStates states) {
    this.states = states;
  }

  /** Adds a command that writes. */
  <C extends AsyncCommand<byte[], byte[], ?>> C write(C command) {
    writes.add(command);
    return command;
  }

  /** Adds a command that reads what is judged by the marker of its partition. */
  <C extends AsyncCommand<byte[], byte[], ?>> C read(int partition, C command) {
    marker(partition);
    reads.add(command);
    return command;
  }

  /** Asks whether the primary holds all that was answered about a partition. */
  void marker(int partition) {
    markers.computeIfAbsent(partition, number -> RedisCommands.get(RedisKeys.marker(number)));
  }

  /** What is made of the answers once all are there. */
  <T> CompletionStage<T> answered(Supplier<T> answer) {
    CompletableFuture<T> future = new CompletableFuture<>();
    completions.add(() -> {
      try {
        future.complete(answer.get());
      } catch (CompletionException | CancellationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        future.completeExceptionally(cause instanceof InfrastructureException ? cause
            : new InfrastructureException("Redis did not answer as it must: " + cause.getMessage(), cause));
      } catch (RuntimeException | Error e) {
        future.completeExceptionally(e);
      }
    });
    return future;
  }

  CompletionStage<Void> send() {
    List<AsyncCommand<byte[], byte[], ?>> pipeline = new ArrayList<>(writes.size() + reads.size() + 4);
    if (!writes.isEmpty()) {
      pipeline.add(before);
      pipeline.addAll(writes);
    }
    pipeline.addAll(reads);
    if (!markers.isEmpty()) {
      pipeline.addAll(markers.values());
      pipeline.add(after);
    }
    return states.link().send(pipeline).thenRun(() -> completions.forEach(Runnable::run));
  }

  /** Answered, of a partition whose marker was asked for: whether what was read of it can be judged by. */
  boolean isComplete(int partition) {
    return completeSince(partition).isPresent();
  }

  /** As {@link #isComplete}: since when nothing is missing. Opened once for all that was read. */
  Optional<Marker> completeSince(int partition) {
    if (completeSince == null) {
      completeSince = new HashMap<>();
    }
    ReplicationState replication = replicationAfter();
    return completeSince.computeIfAbsent(partition,
        number -> states.marker(number, markers.get(number).join(), replication));
  }

  /** Answered: the primary that was written on. */
  Primary writtenOn() {
    if (replicationBefore == null) {
      replicationBefore = replication(before);
    }
    return primary(replicationBefore);
  }

  /** Answered: the primary that was read from. */
  Primary readFrom() {
    return primary(replicationAfter());
  }

  private ReplicationState replicationAfter() {
    if (replicationAfter == null) {
      replicationAfter = replication(after);
    }
    return replicationAfter;
  }

  private static ReplicationState replication(AsyncCommand<byte[], byte[], byte[]> info) {
    return ReplicationState.parse(new String(info.join(), StandardCharsets.US_ASCII));
  }

  private static Primary primary(ReplicationState replication) {
    if (!replication.isPrimary()) {
      throw new InfrastructureException("Redis is " + replication.role() + ", expected the primary");
    }
    return new Primary(replication.replid());
  }
}
