package dev.mintlog.registry.client;

import dev.mintlog.registry.secret.ClientSecretHash;
import java.time.Instant;
import java.util.Optional;

/** One of a client's secrets: several overlap while one is replaced by the next. */
public record RegisteredSecret(ClientSecretHash hash, Optional<Instant> expiresAt, Optional<String> description) {

  public boolean isValidAt(Instant time) {
    return expiresAt.isEmpty() || time.isBefore(expiresAt.get());
  }
}
