package dev.mintlog.bench.load;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What tokens cost in CPU time.
 *
 * @param secondsPer1000Tokens by role, user and system time together; empty where nothing could be read
 * @param notes one line for each thing that could not be measured
 */
public record CpuCost(Map<String, Double> secondsPer1000Tokens, List<String> notes) {

  static CpuCost between(CpuMeter.Reading before, CpuMeter.Reading after, long tokens) {
    Map<String, Double> cost = new TreeMap<>();
    if (tokens > 0) {
      after.seconds().forEach((role, seconds) -> {
        if (before.seconds().containsKey(role)) {
          cost.put(role, (seconds - before.seconds().get(role)) * 1000 / tokens);
        }
      });
    }
    Set<String> notes = new LinkedHashSet<>(before.notes());
    notes.addAll(after.notes());
    return new CpuCost(cost, List.copyOf(notes));
  }
}
