package dev.mintlog.proof;

import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a claim of proof ids came to. */
public sealed interface Claimed {

  <T> T match(Supplier<T> fresh, Function<Spent, T> spent, Function<Forgotten, T> forgotten, Supplier<T> incomplete);

  /** All are this command's, now or since an earlier delivery of it. */
  record Fresh() implements Claimed {
    @Override
    public <T> T match(Supplier<T> fresh, Function<Spent, T> spent, Function<Forgotten, T> forgotten,
        Supplier<T> incomplete) {
      return fresh.get();
    }
  }

  /** Another command has one of this kind. */
  record Spent(ProofKind kind) implements Claimed {
    @Override
    public <T> T match(Supplier<T> fresh, Function<Spent, T> spent, Function<Forgotten, T> forgotten,
        Supplier<T> incomplete) {
      return spent.apply(this);
    }
  }

  /**
   * One was issued before the store forgot what had been spent: nobody can say that it is fresh.
   *
   * @param since of what is issued later all is known
   */
  record Forgotten(ProofKind kind, Instant since) implements Claimed {
    @Override
    public <T> T match(Supplier<T> fresh, Function<Spent, T> spent, Function<Forgotten, T> forgotten,
        Supplier<T> incomplete) {
      return forgotten.apply(this);
    }
  }

  /** As of a state that is looked for: the primary says nothing before its partition is restored. */
  record Incomplete() implements Claimed {
    @Override
    public <T> T match(Supplier<T> fresh, Function<Spent, T> spent, Function<Forgotten, T> forgotten,
        Supplier<T> incomplete) {
      return incomplete.get();
    }
  }
}
