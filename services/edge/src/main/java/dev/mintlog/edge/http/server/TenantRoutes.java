package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every path for every registered tenant: as it is for the default tenant, which is looked up first and alone, and behind
 * {@code /tenant} for any other. A tenant has one address: {@code /default/…} is none.
 */
final class TenantRoutes {
  private final Supplier<RegistrySnapshot> registry;
  private final Function<String, Optional<Endpoint>> paths;
  private final Set<String> insertedBefore;

  /**
   * @param registry the registry of now
   * @param paths the endpoint of a path, whoever's it is
   * @param insertedBefore paths that a tenant's name may follow, too: RFC 8414 §3.1
   */
  TenantRoutes(Supplier<RegistrySnapshot> registry, Function<String, Optional<Endpoint>> paths,
      Set<String> insertedBefore) {
    this.registry = registry;
    this.paths = paths;
    this.insertedBefore = Set.copyOf(insertedBefore);
  }

  /** The endpoint of a path and the tenant it is asked for; empty where there is no such endpoint or no such tenant. */
  Optional<Route> find(String path) {
    Optional<Endpoint> own = paths.apply(path);
    return own.isPresent()
        ? own.map(endpoint -> new Route(endpoint, PublicUrls.DEFAULT_TENANT))
        : behindTenant(path).or(() -> beforeTenant(path));
  }

  private Optional<Route> behindTenant(String path) {
    int slash = path.indexOf('/', 1);
    return slash < 0 ? Optional.empty() : route(path.substring(1, slash), path.substring(slash));
  }

  // RFC 8414 §3.1: "If the issuer identifier value contains a path component, any terminating "/" MUST be removed before
  // inserting "/.well-known/" and the well-known URI suffix between the host component and the path component."
  private Optional<Route> beforeTenant(String path) {
    int slash = path.lastIndexOf('/');
    String document = path.substring(0, Math.max(0, slash));
    return insertedBefore.contains(document) ? route(path.substring(slash + 1), document) : Optional.empty();
  }

  private Optional<Route> route(String tenant, String path) {
    boolean isRegistered =
        !tenant.equals(PublicUrls.DEFAULT_TENANT) && registry.get().tenantNames().contains(tenant);
    return isRegistered ? paths.apply(path).map(endpoint -> new Route(endpoint, tenant)) : Optional.empty();
  }
}
