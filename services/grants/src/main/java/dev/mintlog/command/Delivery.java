package dev.mintlog.command;

import dev.mintlog.authorization.CommandId;
import dev.mintlog.authorization.LogPosition;
import dev.mintlog.client.Confirmation;
import dev.mintlog.proof.ProofClaim;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a command came.
 *
 * @param requestedAt the edge's clock when the request arrived: the time the command is decided at
 * @param appendedAt the broker's clock when the log took it
 * @param deadline after this time nobody waits for the answer, and a grant is refused
 * @param revision registry revision the edge authenticated the client under
 * @param claims proofs that are spent with it, verified by the edge; at most {@link #CLAIMS_MAX}
 * @param confirmation the key that the sender proved to have; of a birth by the login application, the key that its
 *     code is bound to
 * @param clientAssertionIssuer who vouched for the client, where it did not prove itself: {@code iss} of its client
 *     assertion, RFC 7523 §2.2
 */
public record Delivery(
    CommandId commandId, LogPosition position, Instant requestedAt, Instant appendedAt, Instant deadline,
    long revision, List<ProofClaim> claims, Optional<Confirmation> confirmation,
    Optional<String> clientAssertionIssuer) {
  /** A proof of each kind under each accepted secret. */
  public static final int CLAIMS_MAX = 16;

  public Delivery {
    claims = List.copyOf(claims);
    if (claims.size() > CLAIMS_MAX) {
      throw new IllegalArgumentException(
          "Expected at most " + CLAIMS_MAX + " proofs to be spent, but found " + claims.size());
    }
  }

  /** How a command came that spends no proof. */
  public Delivery(CommandId commandId, LogPosition position, Instant requestedAt, Instant appendedAt, Instant deadline,
      long revision) {
    this(commandId, position, requestedAt, appendedAt, deadline, revision, List.of(), Optional.empty(),
        Optional.empty());
  }

  /** The same with other proofs to be spent. */
  public Delivery withClaims(List<ProofClaim> others) {
    return new Delivery(commandId, position, requestedAt, appendedAt, deadline, revision, others, confirmation,
        clientAssertionIssuer);
  }

  /** The same by a sender that proved to have a key. */
  public Delivery withConfirmation(Optional<Confirmation> other) {
    return new Delivery(commandId, position, requestedAt, appendedAt, deadline, revision, claims, other,
        clientAssertionIssuer);
  }
}
