package dev.mintlog.edge.user;

import dev.mintlog.registry.RegistrySnapshot;

/**
 * A username and a password, to be judged. It does not print them.
 *
 * @param clientId the authenticated client that presents them
 */
public record PasswordAttempt(
    RegistrySnapshot registry, String tenant, String clientId, String username, String password) {
  @Override
  public String toString() {
    return "PasswordAttempt[" + tenant + "/" + clientId + "]";
  }
}
