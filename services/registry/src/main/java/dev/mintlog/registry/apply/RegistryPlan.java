package dev.mintlog.registry.apply;

import dev.mintlog.registry.apply.Change.Kind;
import dev.mintlog.registry.log.ContentDigest;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What has to be published so that exactly the wanted entries are live: the difference, and the revision that closes over
 * it.
 *
 * @param changes what becomes of what, in the order of keys
 * @param entries to be published, in the same order; none where nothing changes
 */
public record RegistryPlan(List<Change> changes, List<Entry> entries, Revision revision) {
  public RegistryPlan {
    changes = List.copyOf(changes);
    entries = List.copyOf(entries);
  }

  /**
   * Compares.
   *
   * @param wanted documents by key: all that is to be live
   * @param known newest entries by key, those of things that are gone included
   * @param number of the revision to publish
   * @param rewrite whether what is as it should be is published all the same
   */
  static RegistryPlan of(
      Map<EntryKey, String> wanted, Map<EntryKey, Entry> known, long number, boolean rewrite, Instant now) {
    List<Change> changes = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    Set<EntryKey> keys = new TreeSet<>(wanted.keySet());
    keys.addAll(known.keySet());
    Map<EntryKey, String> before = new TreeMap<>();
    known.forEach((key, entry) -> {
      if (!entry.isGone()) {
        before.put(key, entry.document());
      }
    });
    for (EntryKey key : keys) {
      String is = before.get(key);
      String shall = wanted.get(key);
      if (shall == null) {
        // In a damaged topic even what is gone is said again: what said so may have been compacted away.
        if (is != null || rewrite) {
          entries.add(Entry.gone(key, number));
        }
        if (is != null) {
          changes.add(new Change(Kind.REMOVED, key));
        }
      } else if (!shall.equals(is) || rewrite) {
        changes.add(new Change(is == null ? Kind.ADDED : shall.equals(is) ? Kind.REWRITTEN : Kind.CHANGED, key));
        entries.add(new Entry(key, number, shall));
      }
    }
    return new RegistryPlan(
        changes, entries, new Revision(number, now, wanted.size(), ContentDigest.of(wanted)));
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
