package dev.mintlog.registry.apply;

import dev.mintlog.registry.log.EntryKey;

/** What became of one registered thing. */
public record Change(Kind kind, EntryKey key) {

  public enum Kind {
    ADDED,
    CHANGED,
    REMOVED,
    /** Published again as it was. */
    REWRITTEN
  }

  /** As it is printed: {@code added client default/my-app}. */
  @Override
  public String toString() {
    String tenant = key.tenant().isEmpty() ? "" : key.tenant() + "/";
    return kind.name().toLowerCase(java.util.Locale.ROOT) + " " + key.kind() + " " + tenant + key.id();
  }
}
