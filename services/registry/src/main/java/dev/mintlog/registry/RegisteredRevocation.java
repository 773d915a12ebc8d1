package dev.mintlog.registry;

import java.time.Instant;
import java.util.Optional;

/**
 * Authorizations of a subject, of a client, or of a subject at a client, that were born before a time, are revoked.
 *
 * @param subject empty: of every subject
 * @param client empty: at every client
 */
public record RegisteredRevocation(Optional<String> subject, Optional<String> client, Instant before) {

  public boolean concerns(String otherSubject, String otherClient) {
    return subject.map(otherSubject::equals).orElse(true) && client.map(otherClient::equals).orElse(true);
  }
}
