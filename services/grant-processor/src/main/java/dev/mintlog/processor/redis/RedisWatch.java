package dev.mintlog.processor.redis;

import dev.mintlog.channel.log.ClockFit;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.ReplicationState;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and again whether the primary is complete for the partitions that are ours, so that it is restored, and
 * queries are answered again, also where no command comes; and what time it is there.
 */
public final class RedisWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RedisWatch.class);

  private final RedisLink link;
  private final RedisForms forms;
  private final PartitionRestores restores;
  private final Supplier<? extends Collection<Integer>> owned;
  private final ClockFit clock;

  /**
   * A watch over the partitions that are ours at each look.
   *
   * @param clock told what time it is at Redis
   */
  public RedisWatch(RedisLink link, RedisForms forms, PartitionRestores restores,
      Supplier<? extends Collection<Integer>> owned, ClockFit clock) {
    this.link = link;
    this.forms = forms;
    this.restores = restores;
    this.owned = owned;
    this.clock = clock;
  }

  /** One look. Does not block; what it finds is acted on when Redis answers. */
  public void look() {
    if (!link.isConnected()) {
      return;
    }
    Map<Integer, AsyncCommand<byte[], byte[], byte[]>> markers = new HashMap<>();
    for (int partition : owned.get()) {
      markers.put(partition, RedisCommands.get(RedisKeys.marker(partition)));
    }
    AsyncCommand<byte[], byte[], byte[]> info = RedisCommands.info("replication");
    AsyncCommand<byte[], byte[], List<byte[]>> time = RedisCommands.time();
    List<AsyncCommand<byte[], byte[], ?>> flush = new ArrayList<>(markers.values());
    flush.add(info);
    flush.add(time);
    long sentAtMs = System.currentTimeMillis();
    link.send(flush).thenRun(() -> {
      try {
        clock.observe(milliseconds(time.join()), sentAtMs, System.currentTimeMillis());
        ReplicationState primary = ReplicationState.parse(new String(info.join(), StandardCharsets.US_ASCII));
        markers.forEach((partition, marker) -> completeWhereItIsNot(partition, marker.join(), primary));
      } catch (CompletionException | CancellationException e) {
        LOG.debug("Redis did not answer the watch: {}", e.getMessage());
      }
    });
  }

  private void completeWhereItIsNot(int partition, byte[] marker, ReplicationState primary) {
    boolean isComplete = marker != null
        && forms.markers().open(partition, marker).filter(found -> found.isFor(primary)).isPresent();
    if (!isComplete) {
      restores.complete(partition);
    }
  }

  private static long milliseconds(List<byte[]> secondsAndMicroseconds) {
    long seconds = Long.parseLong(new String(secondsAndMicroseconds.get(0), StandardCharsets.US_ASCII));
    long micros = Long.parseLong(new String(secondsAndMicroseconds.get(1), StandardCharsets.US_ASCII));
    return seconds * 1_000 + micros / 1_000;
  }
}
