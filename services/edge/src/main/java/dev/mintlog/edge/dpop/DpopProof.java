package dev.mintlog.edge.dpop;

import dev.mintlog.client.Confirmation;
import java.time.Instant;

/**
 * A proof that was verified, RFC 9449 §4.3; whether it was used before, the command that spends it finds out.
 *
 * @param key thumbprint of the key that signed it
 * @param jti its own name; good for one request
 * @param issuedAt when it was made: by its {@code iat}, or by its nonce where that is ours
 * @param acceptedUntil when the last edge refuses it as too old
 */
public record DpopProof(Confirmation key, String jti, Instant issuedAt, Instant acceptedUntil) {}
