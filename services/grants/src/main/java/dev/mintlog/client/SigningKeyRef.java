package dev.mintlog.client;

import java.time.Instant;

/**
 * A signing key by name.
 *
 * @param kid unique, never given to another key
 * @param signFrom first time it may sign: late enough that every verifier has seen it in the JWKS
 */
public record SigningKeyRef(String kid, SigningAlgorithm algorithm, Instant signFrom) {}
