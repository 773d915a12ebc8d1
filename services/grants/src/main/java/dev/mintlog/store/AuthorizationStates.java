package dev.mintlog.store;

import dev.mintlog.authorization.AuthorizationId;
import java.util.concurrent.CompletionStage;

/** Port: where authorizations rest. The store only compares and sets; all judgement is {@code decide}'s. */
public interface AuthorizationStates extends StateSteps {

  /**
   * {@link dev.mintlog.life.Step.Restore}: completes when everything the changelog holds of this authorization's partition
   * is written back (highest version, absolute expiry) and the primary is marked complete, at least as of this call. Many
   * callers share one restore.
   */
  CompletionStage<Void> restore(AuthorizationId id);
}
