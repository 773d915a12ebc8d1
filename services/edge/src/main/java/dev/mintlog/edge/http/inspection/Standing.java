package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.Authorization;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether a token that is genuine is still worth something. */
sealed interface Standing {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Good> good, Consumer<Ended> ended, Consumer<NotKnown> notKnown);

  /**
   * It stands.
   *
   * @param authorization what it was issued on; empty for a token that has none
   */
  record Good(Optional<Authorization> authorization) implements Standing {
    @Override
    public void match(Consumer<Good> good, Consumer<Ended> ended, Consumer<NotKnown> notKnown) {
      good.accept(this);
    }
  }

  /** It was revoked or superseded, has expired, or its client was disabled. */
  record Ended() implements Standing {
    @Override
    public void match(Consumer<Good> good, Consumer<Ended> ended, Consumer<NotKnown> notKnown) {
      ended.accept(this);
    }
  }

  /** The state cannot be read, or is older than the token: nothing may be concluded. */
  record NotKnown(String why) implements Standing {
    @Override
    public void match(Consumer<Good> good, Consumer<Ended> ended, Consumer<NotKnown> notKnown) {
      notKnown.accept(this);
    }
  }
}
