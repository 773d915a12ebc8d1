package dev.mintlog.edge.state;

import dev.mintlog.authorization.Authorization;
import java.util.function.Consumer;

/** What an authorization id, or a user_code, leads to. */
public sealed interface AuthorizationLookup {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable);

  /** The authorization. */
  record Found(Authorization authorization) implements AuthorizationLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      found.accept(this);
    }
  }

  /** There is none, and nothing is missing that could be it. */
  record Unknown() implements AuthorizationLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      unknown.accept(this);
    }
  }

  /** The state cannot be read, or not in full: nothing may be concluded. */
  record NotReadable(String why) implements AuthorizationLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      notReadable.accept(this);
    }
  }
}
