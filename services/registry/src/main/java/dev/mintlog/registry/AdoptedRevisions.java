package dev.mintlog.registry;

import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.Revision;
import dev.mintlog.registry.log.SignedRecord;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made of the records that the log brings: snapshots of revisions, and who is told of them. Records come by one
 * thread; others may ask.
 */
final class AdoptedRevisions {
  private static final Logger LOG = LoggerFactory.getLogger(AdoptedRevisions.class);

  private final Materialiser materialiser;
  private final BooleanSupplier isFollowing;
  private final List<Consumer<RegistrySnapshot>> listeners = new CopyOnWriteArrayList<>();
  private volatile RevisionHistory history = RevisionHistory.EMPTY;
  private volatile Optional<String> problem = Optional.empty();
  private volatile long refused;

  /** @param isFollowing false while the log is read for the first time: what is wrong then is said at its end */
  AdoptedRevisions(Materialiser materialiser, BooleanSupplier isFollowing) {
    this.materialiser = materialiser;
    this.isFollowing = isFollowing;
  }

  RevisionHistory history() {
    return history;
  }

  /** Why a newer revision than the newest here was not adopted: one line. */
  Optional<String> problem() {
    return problem;
  }

  /** How many records were dropped: unsigned, tampered with, replayed. */
  long refused() {
    return refused;
  }

  void onRevision(Consumer<RegistrySnapshot> listener) {
    listeners.add(listener);
  }

  void accept(SignedRecord found) {
    long refusedBefore = materialiser.refused();
    Optional<Revision> adopted = materialiser.accept(found);
    refused = materialiser.refused();
    // The first, and then ever fewer: who floods the topic must not flood our log.
    if (refused > refusedBefore && Long.bitCount(refused) == 1 && isFollowing.getAsBoolean()) {
      warnOfRefused();
    }
    adopted.ifPresent(this::adopt);
    // A revision that was adopted by signature and digest, but that we cannot read, stays a problem.
    if (adopted.isEmpty() && materialiser.problem().isPresent() && !materialiser.problem().equals(problem)) {
      problem = materialiser.problem();
      // While the log is read from its beginning this is usual: compaction took what older revisions closed over.
      if (isFollowing.getAsBoolean()) {
        LOG.warn("registry: {}; revision {} stays", problem.get(), history.newest().orElseThrow().revision());
      }
    }
  }

  void warnOfRefused() {
    if (refused > 0) {
      LOG.warn("registry: dropped {} records, the last: {}", refused, materialiser.lastRefusal().orElse(""));
    }
  }

  private void adopt(Revision revision) {
    RegistrySnapshot snapshot;
    try {
      snapshot = RegistrySnapshot.of(revision, materialiser.live());
    } catch (RuntimeException e) {
      problem = Optional.of("expected revision " + revision.number() + " in a form that this version reads, found: "
          + e.getMessage());
      if (isFollowing.getAsBoolean()) {
        LOG.warn("registry: {}", problem.get());
      }
      return;
    }
    history = history.with(snapshot);
    problem = Optional.empty();
    listeners.forEach(listener -> tell(listener, snapshot));
  }

  private static void tell(Consumer<RegistrySnapshot> listener, RegistrySnapshot snapshot) {
    try {
      listener.accept(snapshot);
    } catch (RuntimeException e) {
      LOG.error("registry: a listener failed at revision {}", snapshot.revision(), e);
    }
  }
}
