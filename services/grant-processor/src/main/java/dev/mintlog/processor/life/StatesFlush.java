package dev.mintlog.processor.life;

import dev.mintlog.store.StateSteps;
import java.util.concurrent.CompletionStage;

/** Steps on the store that travel together: added one by one, sent once. Confined to one thread until it is sent. */
public interface StatesFlush extends StateSteps {

  /**
   * Sends what was added.
   *
   * @return completes, never exceptionally, after all that was added has completed, one way or the other
   */
  CompletionStage<Void> send();
}
