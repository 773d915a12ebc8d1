package dev.mintlog.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest entries of a reading, bounded. Partitions are read side by side, so it keeps that many of each, and puts them
 * in the order of the broker's clock in the end.
 */
final class NewestEntries {
  private static final Comparator<AuditEntry> BY_TIME = Comparator.comparing(AuditEntry::appendedAt)
      .thenComparing(AuditEntry::partition)
      .thenComparing(AuditEntry::offset);

  private final int limit;
  private final Map<Integer, Map<Long, AuditEntry>> byPartition = new LinkedHashMap<>();
  private final Map<String, AuditEntry> denials = new LinkedHashMap<>();

  NewestEntries(int limit) {
    this.limit = limit;
  }

  void add(AuditEntry entry) {
    byPartition.computeIfAbsent(entry.partition(), partition -> new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Long, AuditEntry> eldest) {
        boolean isSurplus = size() > limit;
        if (isSurplus) {
          denials.remove(eldest.getValue().header().getCommandId(), eldest.getValue());
        }
        return isSurplus;
      }
    }).put(entry.offset(), entry);
    String command = entry.header().getCommandId();
    if (entry.isDenied()) {
      denials.put(command, entry);
    }
    if (entry.isIssued()) {
      AuditEntry outranked = denials.remove(command);
      if (outranked != null) {
        byPartition.get(outranked.partition()).remove(outranked.offset());
      }
    }
  }

  List<AuditEntry> oldestFirst() {
    List<AuditEntry> all = new ArrayList<>();
    byPartition.values().forEach(entries -> all.addAll(entries.values()));
    all.sort(BY_TIME);
    return List.copyOf(all.subList(Math.max(0, all.size() - limit), all.size()));
  }
}
