package dev.mintlog.answer;

import dev.mintlog.client.SigningKeyRef;
import java.time.Instant;

/**
 * How a response is signed.
 *
 * @param issuer {@code iss}
 * @param audience {@code aud}: the client or API resource that asked, and nobody else
 * @param issuedAt the command's time
 */
public record ResponseTerms(
    ResponseKind kind, String issuer, String audience, Instant issuedAt, SigningKeyRef key) {}
