package dev.mintlog.edge.proof;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import java.util.Optional;
import java.util.function.Function;

/** What became of a client's proof. */
public sealed interface Authentication {

  <T> T match(Function<Authenticated, T> authenticated, Function<Refused, T> refused, Function<NotJudged, T> notJudged);

  /** The client is who it says. */
  record Authenticated(RegisteredClient client) implements Authentication {
    @Override
    public <T> T match(Function<Authenticated, T> authenticated, Function<Refused, T> refused,
        Function<NotJudged, T> notJudged) {
      return authenticated.apply(this);
    }
  }

  /**
   * The proof failed, which is for the audit.
   *
   * @param clientId the registered client whose proof it pretended to be; empty where none was recognised
   */
  record Refused(Refusal refusal, Optional<String> clientId) implements Authentication {
    @Override
    public <T> T match(Function<Authenticated, T> authenticated, Function<Refused, T> refused,
        Function<NotJudged, T> notJudged) {
      return refused.apply(this);
    }
  }

  /** There was no proof to judge, or no capacity to judge it. */
  record NotJudged(Refusal refusal) implements Authentication {
    @Override
    public <T> T match(Function<Authenticated, T> authenticated, Function<Refused, T> refused,
        Function<NotJudged, T> notJudged) {
      return notJudged.apply(this);
    }
  }
}
