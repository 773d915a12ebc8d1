package dev.mintlog.registry.log;

import dev.mintlog.schema.RegistryRevision;
import java.time.Instant;

/**
 * What closes over a revision.
 *
 * @param number 1 and up
 * @param entries how many are live
 * @param contentDigest of the live ones, {@link ContentDigest}
 */
public record Revision(long number, Instant publishedAt, int entries, String contentDigest) {

  public static Revision of(RegistryRevision wire) {
    return new Revision(wire.getRevision(), wire.getPublishedAt(), wire.getEntries(), wire.getContentDigest());
  }

  public RegistryRevision toWire() {
    return RegistryRevision.newBuilder()
        .setRevision(number)
        .setPublishedAt(publishedAt)
        .setEntries(entries)
        .setContentDigest(contentDigest)
        .build();
  }
}
