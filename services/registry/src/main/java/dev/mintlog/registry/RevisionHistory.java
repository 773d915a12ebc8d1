package dev.mintlog.registry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last few snapshots, oldest first. Immutable. */
final class RevisionHistory {
  /** Enough for the commands under way while an operator applies one change after the other. */
  static final int SNAPSHOTS_MAX = 16;

  static final RevisionHistory EMPTY = new RevisionHistory(List.of());

  private final List<RegistrySnapshot> snapshots;

  private RevisionHistory(List<RegistrySnapshot> snapshots) {
    this.snapshots = snapshots;
  }

  RevisionHistory with(RegistrySnapshot newest) {
    List<RegistrySnapshot> next = new ArrayList<>(snapshots);
    next.add(newest);
    int surplus = Math.max(0, next.size() - SNAPSHOTS_MAX);
    return new RevisionHistory(List.copyOf(next.subList(surplus, next.size())));
  }

  Optional<RegistrySnapshot> newest() {
    return snapshots.isEmpty() ? Optional.empty() : Optional.of(snapshots.get(snapshots.size() - 1));
  }

  Optional<RegistrySnapshot> at(long revision) {
    for (RegistrySnapshot snapshot : snapshots) {
      if (snapshot.revision() == revision) {
        return Optional.of(snapshot);
      }
    }
    return Optional.empty();
  }

  Optional<Instant> supersededAt(long revision) {
    for (RegistrySnapshot snapshot : snapshots) {
      if (snapshot.revision() > revision) {
        return Optional.of(snapshot.publishedAt());
      }
    }
    return Optional.empty();
  }
}
