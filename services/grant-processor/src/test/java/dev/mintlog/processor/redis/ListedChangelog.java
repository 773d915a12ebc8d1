package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.channel.log.Partitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A changelog in memory that remembers what was asked of it. Its tail is its last few entries. */
final class ListedChangelog implements Changelog {
  static final int TAIL_LENGTH = 3;

  private final Partitions partitions;
  private final List<Authorization> entries = new CopyOnWriteArrayList<>();
  private final List<Map<Integer, Span>> reads = new CopyOnWriteArrayList<>();
  private volatile Runnable whileReading = () -> {};
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
  public void read(Map<Integer, Span> spans, Consumer<List<Authorization>> batches) {
    reads.add(Map.copyOf(spans));
    spans.forEach((partition, span) -> {
      List<Authorization> all = new ArrayList<>(entries.stream()
          .filter(entry -> partitions.of(entry.id().key()) == partition).toList());
      batches.accept(span == Span.WHOLE ? all : all.subList(Math.max(0, all.size() - TAIL_LENGTH), all.size()));
    });
    whileReading.run();
  }
}
