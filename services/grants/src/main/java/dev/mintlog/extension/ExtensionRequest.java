package dev.mintlog.extension;

import dev.mintlog.client.Client;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a client presents to an extension grant. Values may be secrets: they do not print.
 *
 * @param client who asks, authenticated
 * @param parameters those of {@link ExtensionGrant#parameters()} that came, blank ones left out
 * @param scope the scopes asked for; empty where none was. Whether the client may have them is judged elsewhere
 * @param requestedAt when the request arrived: judge times by it
 */
public record ExtensionRequest(
    Tenant tenant, Client client, Map<String, String> parameters, Optional<Scopes> scope, Instant requestedAt) {
  public ExtensionRequest {
    parameters = Map.copyOf(parameters);
  }

  /** A parameter's value; empty where it was absent or blank. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  @Override
  public String toString() {
    return "ExtensionRequest[" + tenant.name() + "/" + client.id() + " " + parameters.keySet() + "]";
  }
}
