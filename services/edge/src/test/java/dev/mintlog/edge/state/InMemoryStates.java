package dev.mintlog.edge.state;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.Markers;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.RedisStates;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.channel.state.UserCodePointer;
import dev.mintlog.channel.state.UserCodePointers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** What a Redis primary would hold, complete until told otherwise. */
public final class InMemoryStates implements StateReader {
  private static final String REPLID = "8371b4fb1155b71f4a04d3e1bc3e18c4a990aeeb";

  private final Map<String, byte[]> values = new ConcurrentHashMap<>();
  private final UserCodePointers pointers;
  private final RedisStates states;
  private final Markers markers;
  private final Partitions partitions;
  private volatile String replid = REPLID;
  private volatile boolean gone;

  public InMemoryStates(UserCodePointers pointers, RedisStates states, Markers markers, Partitions partitions) {
    this.pointers = pointers;
    this.states = states;
    this.markers = markers;
    this.partitions = partitions;
    for (int partition = 0; partition < partitions.count(); partition++) {
      mark(partition);
    }
  }

  @Override
  public CompletionStage<Values> read(List<byte[]> keys) {
    if (gone) {
      return CompletableFuture.failedFuture(new IllegalStateException("connection refused"));
    }
    List<Optional<byte[]>> found = keys.stream().map(key -> Optional.ofNullable(values.get(text(key)))).toList();
    return CompletableFuture.completedFuture(new Values(found, new ReplicationState("master", replid, 0)));
  }

  public void put(Authorization authorization, String tenant, String userCodeDigest) {
    put(authorization);
    values.put(text(RedisKeys.userCode(tenant, userCodeDigest)), pointers.value(userCodeDigest,
        new UserCodePointer(authorization.id(), authorization.state().clientId())));
  }

  public void put(Authorization authorization) {
    values.put(text(RedisKeys.state(authorization.id())), states.value(authorization));
  }

  public void forget(Authorization authorization) {
    values.remove(text(RedisKeys.state(authorization.id())));
  }

  public void alter(String tenant, String userCodeDigest) {
    values.computeIfPresent(text(RedisKeys.userCode(tenant, userCodeDigest)), (key, value) -> {
      byte[] altered = value.clone();
      altered[altered.length - 1] ^= 1;
      return altered;
    });
  }

  /** The markers are missing: the primary was wiped. */
  public void unmark(int partition) {
    values.remove(text(RedisKeys.marker(partition)));
  }

  public void mark(int partition) {
    values.put(text(RedisKeys.marker(partition)), markers.value(partition, new Marker(REPLID, Instant.EPOCH)));
  }

  public int partitionOf(Authorization authorization) {
    return partitions.of(authorization.id().key());
  }

  /** The primary was restarted or another one promoted. */
  public void promote() {
    replid = "0".repeat(40);
  }

  public void vanish() {
    gone = true;
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }
}
