package dev.mintlog.channel.state;

import java.time.Instant;

/**
 * Says that a primary holds all of one command partition's part.
 *
 * @param replid the {@code master_replid} it was written under: another one means that the primary restarted or was
 *     promoted, and may have lost its last writes
 * @param since when its restore began: of proofs spent before, this primary may have forgotten some
 */
public record Marker(String replid, Instant since) {

  /** Whether the primary is still the one that the marker was written on. */
  public boolean isFor(ReplicationState primary) {
    return primary.isPrimary() && primary.replid().equals(replid);
  }
}
