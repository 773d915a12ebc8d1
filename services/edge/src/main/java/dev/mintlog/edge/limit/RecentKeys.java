package dev.mintlog.edge.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is remembered of keys, so many at most: beyond that the one that was not asked for longest is forgotten. */
final class RecentKeys<K, V> extends LinkedHashMap<K, V> {
  private final int keysMax;

  /** @param keysMax at least 1 */
  RecentKeys(int keysMax) {
    super(16, 0.75f, true);
    this.keysMax = keysMax;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > keysMax;
  }
}
