package dev.mintlog.processor.changelog;

import dev.mintlog.processor.changelog.OwnOffsets.Range;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which records of the changelog are this processor's own, by partition. Thread-safe. */
public final class OwnRecords {
  private final Map<Integer, OwnOffsets> partitions = new HashMap<>();

  /** The log has a record of ours. */
  public synchronized void acknowledged(int partition, long offset) {
    partitions.computeIfAbsent(partition, number -> new OwnOffsets()).acknowledged(offset);
  }

  /** Forgets all other partitions: they are not ours. */
  synchronized void retain(Collection<Integer> owned) {
    partitions.keySet().retainAll(owned);
  }

  synchronized boolean isStarted(int partition) {
    return partitions.containsKey(partition) && partitions.get(partition).isStarted();
  }

  synchronized void start(int partition, long from) {
    partitions.computeIfAbsent(partition, number -> new OwnOffsets()).start(from);
  }

  synchronized Optional<Range> foreign(int partition, long end) {
    return Optional.ofNullable(partitions.get(partition)).flatMap(offsets -> offsets.foreign(end));
  }

  synchronized void looked(int partition, long to) {
    OwnOffsets offsets = partitions.get(partition);
    if (offsets != null) {
      offsets.looked(to);
    }
  }
}
