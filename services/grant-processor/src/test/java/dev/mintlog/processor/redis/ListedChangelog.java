package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.channel.log.Partitions;
import dev.mintlog.processor.changelog.Changelog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A changelog in memory that remembers what was asked of it. Its tail is its last few entries. */
final class ListedChangelog implements Changelog {
  static final int TAIL_LENGTH = 3;

  private final Partitions partitions;
  private final List<Authorization> entries = new CopyOnWriteArrayList<>();
  private final List<Map<Integer, Span>> reads = new CopyOnWriteArrayList<>();
  private volatile Runnable whileReading = () -> {};
  private final Map<Integer, RuntimeException> unreadable = new ConcurrentHashMap<>();
  private volatile boolean beforeEveryCommand;

  ListedChangelog(Partitions partitions) {
    this.partitions = partitions;
  }

  void append(Authorization state) {
    entries.add(state);
  }

  void whileReading(Runnable deed) {
    whileReading = deed;
  }

  /** The partition cannot be read, until {@link #becomesReadable}. */
  void isUnreadable(int partition, RuntimeException why) {
    unreadable.put(partition, why);
  }

  void becomesReadable(int partition) {
    unreadable.remove(partition);
  }

  void isNew() {
    beforeEveryCommand = true;
  }

  @Override
  public boolean isBeforeEveryCommand() {
    return beforeEveryCommand;
  }

  List<Map<Integer, Span>> reads() {
    return reads;
  }

  @Override
  public Map<Integer, RuntimeException> read(Map<Integer, Span> spans, Batches batches) {
    reads.add(Map.copyOf(spans));
    Map<Integer, RuntimeException> failures = new HashMap<>();
    spans.forEach((partition, span) -> {
      List<Authorization> all = new ArrayList<>(entries.stream()
          .filter(entry -> partitions.of(entry.id().key()) == partition).toList());
      if (unreadable.containsKey(partition)) {
        failures.put(partition, unreadable.get(partition));
      } else {
        batches.take(
            partition, span == Span.WHOLE ? all : all.subList(Math.max(0, all.size() - TAIL_LENGTH), all.size()));
      }
    });
    whileReading.run();
    return failures;
  }
}
