package dev.mintlog.edge.command;

import dev.mintlog.client.Confirmation;
import dev.mintlog.proof.ProofClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a command comes from.
 *
 * @param clientId the client that asks, or the one that an authorization is made for
 * @param revision registry revision the request was checked under
 * @param requestedAt when the request arrived
 * @param proofs proofs of the request that are spent with the command
 * @param confirmation the key that the sender proved to have; of a birth by the login application, the key that its
 *     code is bound to
 * @param clientAssertionIssuer who vouched for the client, where it did not prove itself
 */
public record Origin(
    String tenant, String clientId, long revision, Instant requestedAt, List<ProofClaim> proofs,
    Optional<Confirmation> confirmation, Optional<String> clientAssertionIssuer) {

  /** Of a request that spends no proof. */
  public Origin(String tenant, String clientId, long revision, Instant requestedAt) {
    this(tenant, clientId, revision, requestedAt, List.of(), Optional.empty(), Optional.empty());
  }
}
