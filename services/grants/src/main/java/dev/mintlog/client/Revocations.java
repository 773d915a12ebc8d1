package dev.mintlog.client;

import java.time.Instant;
import java.util.Optional;

/** Who lost their rights since, by the newest registry revision known: it wins over an older command's. */
public interface Revocations {
  Revocations NONE = (subject, clientId) -> Optional.empty();

  /**
   * Authorizations of this subject and client born before the time are revoked; a disabled subject is revoked for all
   * time ({@link Instant#MAX}).
   */
  Optional<Instant> revokedBefore(String subject, String clientId);

  /**
   * Whether the client may present an issuer's assertions no more (RFC 7523 §2.1), having been registered for them: what it
   * got for them has ended. An issuer that is registered again counts again.
   */
  default boolean isWithdrawn(String issuer, String clientId) {
    return false;
  }
}
