package dev.mintlog.processor.changelog;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which offsets of one partition are known: what was looked at, and what this processor wrote itself. All others are of
 * somebody else, a former owner that was stalled perhaps. The log's producers are idempotent and not transactional, so every
 * offset is a record's. Not thread-safe.
 */
final class OwnOffsets {
  /** Runs of own offsets with others between them; beyond that the first is looked at as if it were of others. */
  static final int RUNS_MAX = 1_000;

  private final NavigableMap<Long, Long> runs = new TreeMap<>();
  private boolean started;
  private long next;

  /**
   * Offsets of others.
   *
   * @param from the first
   * @param to the first after them
   */
  record Range(long from, long to) {}

  boolean isStarted() {
    return started;
  }

  /** Everything from this offset on counts; what is before it is not looked at. */
  void start(long from) {
    started = true;
    looked(from);
  }

  /** The log has a record of ours there. */
  void acknowledged(long offset) {
    if (started && offset < next) {
      return;
    }
    long from = offset;
    long to = offset + 1;
    Map.Entry<Long, Long> before = runs.floorEntry(offset);
    if (before != null && before.getValue() >= offset) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    Long after = runs.remove(to);
    runs.put(from, after == null ? to : after);
    if (started) {
      looked(next);
    }
    if (runs.size() > RUNS_MAX) {
      runs.pollFirstEntry();
    }
  }

  /** The first offsets before this end that are not ours. */
  Optional<Range> foreign(long end) {
    if (!started || next >= end) {
      return Optional.empty();
    }
    return Optional.of(new Range(next, runs.isEmpty() ? end : Math.min(end, runs.firstKey())));
  }

  /** Everything before this offset is known. */
  void looked(long to) {
    next = Math.max(next, to);
    while (!runs.isEmpty() && runs.firstKey() <= next) {
      next = Math.max(next, runs.pollFirstEntry().getValue());
    }
  }
}
