package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What became of a client's proof. */
public sealed interface Authentication {

  /** Calls the consumer of the variant at hand. */
  void match(Consumer<Authenticated> authenticated, Consumer<Refused> refused, Consumer<NotJudged> notJudged);

  /**
   * The client is who it says.
   *
   * @param proofs what is spent with the request, where its proof is good for one
   * @param assertionIssuer who vouched for it, where it did not prove itself
   */
  record Authenticated(RegisteredClient client, List<ProofClaim> proofs, Optional<String> assertionIssuer)
      implements Authentication {
    /** Proved by what may be presented again. */
    public Authenticated(RegisteredClient client) {
      this(client, List.of(), Optional.empty());
    }

    /** Proved by itself. */
    public Authenticated(RegisteredClient client, List<ProofClaim> proofs) {
      this(client, proofs, Optional.empty());
    }

    @Override
    public void match(Consumer<Authenticated> authenticated, Consumer<Refused> refused,
        Consumer<NotJudged> notJudged) {
      authenticated.accept(this);
    }
  }

  /**
   * The proof failed, which is for the audit.
   *
   * @param clientId the registered client whose proof it pretended to be; empty where none was recognised
   */
  record Refused(Refusal refusal, Optional<String> clientId) implements Authentication {
    @Override
    public void match(Consumer<Authenticated> authenticated, Consumer<Refused> refused,
        Consumer<NotJudged> notJudged) {
      refused.accept(this);
    }
  }

  /** There was no proof to judge, or no capacity to judge it. */
  record NotJudged(Refusal refusal) implements Authentication {
    @Override
    public void match(Consumer<Authenticated> authenticated, Consumer<Refused> refused,
        Consumer<NotJudged> notJudged) {
      notJudged.accept(this);
    }
  }
}
