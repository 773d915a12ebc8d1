package dev.mintlog.registry;

import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Tenant;
import java.util.Optional;

/** Under what a command is decided: its own revision, except that newer disabling and revocation win. */
public final class Registrations {
  private Registrations() {}

  /**
   * The registration for a command.
   *
   * @param ofCommand the revision that the command names
   * @param newest the newest revision known here
   * @return empty where the command's own revision has no such tenant or client
   */
  public static Optional<Registration> of(
      RegistrySnapshot ofCommand, RegistrySnapshot newest, String tenant, String clientId) {
    Optional<Tenant> then = ofCommand.tenant(tenant);
    Optional<RegisteredClient> client = ofCommand.client(tenant, clientId);
    if (then.isEmpty() || client.isEmpty()) {
      return Optional.empty();
    }
    // Who was removed since is disabled, too.
    boolean stillEnabled = newest.client(tenant, clientId).map(found -> found.client().enabled()).orElse(false);
    return Optional.of(new Registration(
        then.get(), enabledIf(stillEnabled, client.get().client()), newest.revocations(tenant)));
  }

  private static Client enabledIf(boolean stillEnabled, Client client) {
    if (stillEnabled || !client.enabled()) {
      return client;
    }
    return client.disabled();
  }
}
