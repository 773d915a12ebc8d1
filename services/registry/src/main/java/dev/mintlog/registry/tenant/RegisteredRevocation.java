package dev.mintlog.registry.tenant;

import java.time.Instant;
import java.util.Optional;

/**
 * Authorizations of a subject, of a client, or of a subject at a client, that were born before a time, are revoked.
 *
 * @param subject empty: of every subject
 * @param client empty: at every client
 */
public record RegisteredRevocation(Optional<String> subject, Optional<String> client, Instant before) {
}
