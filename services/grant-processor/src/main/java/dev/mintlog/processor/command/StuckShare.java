package dev.mintlog.processor.command;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What partitions whose commands cannot go on may have of what may be in flight. The rest is for the others: with what
 * one poll brings beyond the share, there is still place for a poll of theirs.
 *
 * @param commandsMax commands of all stuck partitions together; at it no more are taken
 */
record StuckShare(int commandsMax) {
  private static final int PART = 4;

  /** One of four, and no more than leaves place for two polls, but one command in any case. */
  static StuckShare of(int inFlightMax) {
    int besidesTwoPolls = inFlightMax - 2 * TokenCommandConsumer.POLL_RECORDS_MAX;
    return new StuckShare(Math.max(1, Math.min(inFlightMax / PART, besidesTwoPolls)));
  }

  /**
   * The partitions to take no more from.
   *
   * @param outstanding commands by partition, of those that are stuck
   */
  <P> Set<P> held(Map<P, Integer> outstanding) {
    int all = outstanding.values().stream().mapToInt(Integer::intValue).sum();
    if (all >= commandsMax) {
      // Each of them could bring another poll beyond its part.
      return Set.copyOf(outstanding.keySet());
    }
    int eachMax = Math.max(1, commandsMax / Math.max(1, outstanding.size()));
    return outstanding.entrySet().stream().filter(one -> one.getValue() >= eachMax).map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
