package dev.mintlog.store;

import dev.mintlog.authorization.Authorization;
import java.util.Optional;
import java.util.function.Function;

/** What a load found. */
public sealed interface Loaded {

  <T> T match(Function<Complete, T> complete, Function<Incomplete, T> incomplete);

  /**
   * The primary holds all that was ever answered about this authorization's partition.
   *
   * @param state the state; empty where there is none, or none any more
   * @param primary who said so
   */
  record Complete(Optional<Authorization> state, Primary primary) implements Loaded {
    @Override
    public <T> T match(Function<Complete, T> complete, Function<Incomplete, T> incomplete) {
      return complete.apply(this);
    }
  }

  /**
   * The primary was wiped, restarted or promoted and its part of the changelog has not been written back: what it holds,
   * and what it does not hold, says nothing. {@link AuthorizationStates#restore} comes first.
   */
  record Incomplete() implements Loaded {
    @Override
    public <T> T match(Function<Complete, T> complete, Function<Incomplete, T> incomplete) {
      return incomplete.apply(this);
    }
  }
}
