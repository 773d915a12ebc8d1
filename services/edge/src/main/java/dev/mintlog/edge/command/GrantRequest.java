package dev.mintlog.edge.command;

import dev.mintlog.edge.request.Form;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * A token request whose client is authenticated.
 *
 * @param registry the revision that the client was authenticated under, and that the command will name
 * @param address where the request came from: an IP address, as text
 * @param arrivedAt by this machine's clock
 * @param loop the event loop that this is read on, and that an answer given later has to be given on
 */
public record GrantRequest(RegistrySnapshot registry, String tenant, RegisteredClient client, Form form,
    String address, Instant arrivedAt, Executor loop) {
  @Override
  public String toString() {
    return "GrantRequest[" + tenant + "/" + client.id() + "]";
  }
}
