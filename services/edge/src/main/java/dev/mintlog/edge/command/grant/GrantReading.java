package dev.mintlog.edge.command.grant;

import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.util.Optional;
import java.util.function.Consumer;

/** What reading a grant yields. */
public sealed interface GrantReading {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Proved> proved, Consumer<Refused> refused);

  static GrantReading of(Checked<GrantCommand> checked) {
    return checked.match(Proved::new, refusal -> new Refused(refusal, Optional.empty()));
  }

  /** The proof is one, as far as it is the edge's to say: the command may be sent. */
  record Proved(GrantCommand command) implements GrantReading {
    @Override
    public void match(Consumer<Proved> proved, Consumer<Refused> refused) {
      proved.accept(this);
    }
  }

  /**
   * No command comes of it.
   *
   * @param usernameDigest keyed digest of the username that was tried, for the audit; empty where the grant has none
   */
  record Refused(Refusal refusal, Optional<String> usernameDigest) implements GrantReading {
    @Override
    public void match(Consumer<Proved> proved, Consumer<Refused> refused) {
      refused.accept(this);
    }
  }
}
