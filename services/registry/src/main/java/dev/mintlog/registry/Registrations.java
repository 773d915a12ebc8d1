package dev.mintlog.registry;

import dev.mintlog.client.Client;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.command.Command;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.Set;

/**
 * Under what a command is decided: its own revision, except that newer disabling and revocation win, and that no key signs
 * that was withdrawn since.
 */
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
    // Which key is in force is a function of the command's time: a newer revision says otherwise of that time only where
    // it withdrew a key.
    Tenant withKeys = ofCommand == newest ? then.get()
        : newest.tenant(tenant).map(now -> then.get().withKeys(now.keys())).orElse(then.get());
    return Optional.of(new Registration(
        withKeys, enabledIf(stillEnabled, client.get().client()), newest.revocations(tenant)));
  }

  /**
   * The registration for a command that the operator gave, who is no client.
   *
   * @return empty where there is no such tenant
   */
  public static Optional<Registration> ofOperator(RegistrySnapshot newest, String tenant) {
    Client operator = new Client(Command.RevokeBefore.OPERATOR, true, Set.of(), Scopes.NONE, Set.of(), true,
        Client.TokenPolicy.DEFAULT, Client.RefreshPolicy.DEFAULT, Client.DevicePolicy.DEFAULT);
    return newest.tenant(tenant).map(found -> new Registration(found, operator, newest.revocations(tenant)));
  }

  private static Client enabledIf(boolean stillEnabled, Client client) {
    if (stillEnabled || !client.enabled()) {
      return client;
    }
    return client.disabled();
  }
}
