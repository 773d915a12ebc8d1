package dev.mintlog.registry.log;

import dev.mintlog.schema.RegistryEntry;

/**
 * One registered thing at one revision.
 *
 * @param document canonical JSON; empty where this entry says that the thing is gone
 */
public record Entry(EntryKey key, long revision, String document) {
  // Said by an entry, not by a Kafka tombstone: a tombstone has no room for the revision, so an old one could be replayed.
  private static final String GONE = "";

  public static Entry gone(EntryKey key, long revision) {
    return new Entry(key, revision, GONE);
  }

  public static Entry of(RegistryEntry wire) {
    return new Entry(
        new EntryKey(wire.getTenant(), wire.getKind(), wire.getId()), wire.getRevision(), wire.getDocument());
  }

  public RegistryEntry toWire() {
    return RegistryEntry.newBuilder()
        .setRevision(revision)
        .setKind(key.kind())
        .setTenant(key.tenant())
        .setId(key.id())
        .setDocument(document)
        .build();
  }

  public boolean isGone() {
    return document.equals(GONE);
  }

  @Override
  public String toString() {
    return key + "@" + revision;
  }
}
