package dev.mintlog.proof;

import java.time.Instant;

/**
 * A proof's {@code jti} that a command spends: whoever presents it first has it, and nobody has it twice.
 *
 * @param digest keyed digest of kind, client and {@code jti}; never the {@code jti} itself
 * @param issuedAt when the proof says it was made; a store that has forgotten what was spent by then refuses it
 * @param keepUntil end of the claim, by the store's clock: outlives the proof and the command
 */
public record ProofClaim(ProofKind kind, String digest, Instant issuedAt, Instant keepUntil) {}
