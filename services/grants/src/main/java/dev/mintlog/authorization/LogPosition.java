package dev.mintlog.authorization;

/**
 * Where a command stands in the log. Order between two commands is defined only within one partition of one topic id: a
 * topic that was created anew starts its offsets again.
 *
 * @param topicId the topic's id (not its name), as the broker gave it
 * @param partition 0 and up
 * @param offset 0 and up
 */
public record LogPosition(String topicId, int partition, long offset) {

  /** True where both positions can be compared and this one is lower. */
  public boolean isBefore(LogPosition other) {
    return topicId.equals(other.topicId) && partition == other.partition && offset < other.offset;
  }
}
