package dev.mintlog.edge.state;

import dev.mintlog.authorization.Authorization;
import java.util.function.Consumer;

/** What a user_code leads to. */
public sealed interface DeviceLookup {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable);

  /** The authorization that the code was given for. */
  record Found(Authorization authorization) implements DeviceLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      found.accept(this);
    }
  }

  /** No authorization has this code, and nothing is missing that could. */
  record Unknown() implements DeviceLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      unknown.accept(this);
    }
  }

  /** The state cannot be read, or not in full: nothing may be concluded. */
  record NotReadable(String why) implements DeviceLookup {
    @Override
    public void match(Consumer<Found> found, Consumer<Unknown> unknown, Consumer<NotReadable> notReadable) {
      notReadable.accept(this);
    }
  }
}
