package dev.mintlog.edge.proof.client;

import java.util.Optional;

/**
 * Who a client says it is, and what it says to prove it.
 *
 * @param secret empty for a client that authenticates with {@code none}
 */
record Credential(String clientId, Optional<ClientSecret> secret) {

  static Credential of(String clientId, String secret) {
    return new Credential(clientId, secret.isEmpty() ? Optional.empty() : Optional.of(new ClientSecret(secret)));
  }
}
