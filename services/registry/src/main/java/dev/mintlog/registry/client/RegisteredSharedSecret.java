package dev.mintlog.registry.client;

import dev.mintlog.registry.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;

/** A secret that a client makes MACs with: several overlap while one is replaced by the next. */
public record RegisteredSharedSecret(
    SealedSecret sealed, Optional<Instant> expiresAt, Optional<String> description) {

  public boolean isValidAt(Instant time) {
    return expiresAt.isEmpty() || time.isBefore(expiresAt.get());
  }
}
