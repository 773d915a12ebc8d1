package dev.mintlog.processor.life;

import java.util.concurrent.CompletionStage;

/** Port: where authorizations rest, for many commands at a time. */
public interface BatchedStates {

  /** A flush to add steps to. */
  StatesFlush flush();

  /**
   * Restores one partition from the changelog although the store says that it is complete; see {@link
   * dev.mintlog.store.AuthorizationStates#restore}.
   *
   * @return completes exceptionally only where it was given up because the partition is no longer ours
   */
  CompletionStage<Void> restore(int partition);

  /** As {@link #restore}, but does nothing where the store is complete by the time it is looked at. */
  CompletionStage<Void> complete(int partition);
}
