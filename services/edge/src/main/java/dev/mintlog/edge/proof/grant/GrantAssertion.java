package dev.mintlog.edge.proof.grant;

import dev.mintlog.proof.ProofClaim;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.List;
import java.util.Optional;

/**
 * A JWT that was presented as authorization grant, verified, RFC 7523 §3.
 *
 * @param client whom it is good for
 * @param user {@code sub} of the tokens; empty where it speaks for the client itself
 * @param issuer the issuer that vouches; empty where the client signed it
 * @param proofs what is spent with the request
 */
public record GrantAssertion(
    RegisteredClient client, Optional<String> user, Optional<String> issuer, List<ProofClaim> proofs) {
  public GrantAssertion {
    proofs = List.copyOf(proofs);
  }

  @Override
  public String toString() {
    return "GrantAssertion[of " + client.id() + "]";
  }
}
