package dev.mintlog.registry.apply;

import java.util.List;

/**
 * What an apply did.
 *
 * @param revision the newest revision now
 * @param changes in the order of their keys; none where everything was as the document says, and nothing was published
 */
public record AppliedRevision(long revision, List<Change> changes) {
  public AppliedRevision {
    changes = List.copyOf(changes);
  }
}
