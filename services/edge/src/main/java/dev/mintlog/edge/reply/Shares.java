package dev.mintlog.edge.reply;

import java.util.HashMap;
import java.util.Map;

/** How much each holds of something that all share. Who holds nothing takes no room. Not thread-safe. */
final class Shares<K> {
  private final Map<K, Integer> held = new HashMap<>();

  int of(K holder) {
    return held.getOrDefault(holder, 0);
  }

  void take(K holder) {
    held.merge(holder, 1, Integer::sum);
  }

  void giveBack(K holder) {
    held.computeIfPresent(holder, (key, count) -> count == 1 ? null : count - 1);
  }

  void clear() {
    held.clear();
  }
}
