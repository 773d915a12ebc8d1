package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A changelog in memory, written by us and by others; an offset is a place in a list. */
final class TailInMemory implements ChangelogTail {
  final OwnRecords own;
  final List<Integer> reads = new ArrayList<>();
  int unreadable = -1;
  Runnable beforeAppend = () -> {};
  private final Set<Authorization> forged = new HashSet<>();
  private final Map<Integer, List<Authorization>> partitions = new HashMap<>();

  TailInMemory(OwnRecords own) {
    this.own = own;
  }

  List<Authorization> partition(int number) {
    return partitions.computeIfAbsent(number, partition -> new ArrayList<>());
  }

  void byUs(int partition, Authorization state) {
    partition(partition).add(state);
    own.acknowledged(partition, partition(partition).size() - 1);
  }

  void byOthers(int partition, Authorization state) {
    partition(partition).add(state);
  }

  /** A record that is read and opened by nobody. */
  void byForgers(int partition, Authorization state) {
    byOthers(partition, state);
    forged.add(state);
  }

  /** What compaction would keep. */
  Authorization last(AuthorizationId id) {
    return partitions.values().stream().flatMap(List::stream).filter(state -> state.id().equals(id))
        .reduce((first, second) -> second).orElseThrow();
  }

  @Override
  public Map<Integer, Long> ends(Collection<Integer> numbers) {
    Map<Integer, Long> ends = new HashMap<>();
    numbers.forEach(number -> ends.put(number, (long) partition(number).size()));
    return ends;
  }

  @Override
  public Map<Integer, Long> starts(Collection<Integer> numbers) {
    Map<Integer, Long> starts = new HashMap<>();
    numbers.forEach(number -> starts.put(number, 0L));
    return starts;
  }

  @Override
  public Read read(int partition, long from, long to, int recordsMax) {
    if (partition == unreadable) {
      throw new IllegalStateException("expected the key of key id 1a2b3c4d");
    }
    long end = Math.min(to, from + recordsMax);
    reads.add((int) (end - from));
    List<Authorization> found = partition(partition).subList((int) from, (int) end);
    return new Read(found.stream().filter(state -> !forged.contains(state)).toList(), end);
  }

  @Override
  public void append(int partition, Collection<Authorization> states) {
    beforeAppend.run();
    states.forEach(state -> byUs(partition, state));
  }

  @Override
  public void close() {}
}
