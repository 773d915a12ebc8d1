package dev.mintlog.audit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells an event from its repetition: a command that is delivered twice leaves the same event id twice, and for one
 * command TokenIssued outranks TokenDenied. Repetitions are near each other, so a bounded memory does.
 */
final class SeenEvents {
  static final int COMMANDS_MAX = 100_000;

  private final Map<String, Boolean> eventIds = bounded();
  private final Map<String, Boolean> issuedCommands = bounded();

  /** Whether the event is to be told: the first of its id, and not outranked by one told before. */
  boolean isNews(AuditEntry entry) {
    if (eventIds.put(entry.header().getEventId(), true) != null) {
      return false;
    }
    String command = entry.header().getCommandId();
    if (entry.isIssued()) {
      issuedCommands.put(command, true);
    }
    return !entry.isDenied() || !issuedCommands.containsKey(command);
  }

  private static Map<String, Boolean> bounded() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
        return size() > COMMANDS_MAX;
      }
    };
  }
}
