package dev.mintlog.processor.life;

import java.util.concurrent.CompletionStage;

/** Port: where authorizations rest, for many commands at a time. */
public interface BatchedStates {

  /** A flush to add steps to. */
  StatesFlush flush();

  /**
   * Restores one partition from the changelog; see {@link dev.mintlog.authorization.AuthorizationStates#restore}.
   *
   * @return completes exceptionally only where the restore was given up because the partition is no longer ours
   */
  CompletionStage<Void> restore(int partition);
}
