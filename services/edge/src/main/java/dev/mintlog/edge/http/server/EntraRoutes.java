package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The paths of Entra ID and ADFS: behind the name of a tenant, the default one's included, or behind a name that stands for a
 * tenant here, such as {@code organizations}.
 */
final class EntraRoutes {
  private final Supplier<RegistrySnapshot> registry;
  private final Map<String, String> aliases;
  private final Function<String, Optional<Endpoint>> paths;
  private final Function<String, Optional<Endpoint>> adfsPaths;

  /**
   * @param registry the registry of now
   * @param aliases names that stand for a tenant, in lower case
   * @param paths the endpoint of a path behind a tenant's name
   * @param adfsPaths the endpoint of a path behind {@code /adfs}
   */
  EntraRoutes(Supplier<RegistrySnapshot> registry, Map<String, String> aliases,
      Function<String, Optional<Endpoint>> paths, Function<String, Optional<Endpoint>> adfsPaths) {
    this.registry = registry;
    this.aliases = Map.copyOf(aliases);
    this.paths = paths;
    this.adfsPaths = adfsPaths;
  }

  /** The endpoint of a path and the tenant it is asked for; empty where there is no such endpoint or no such tenant. */
  Optional<Route> find(String path) {
    int slash = path.indexOf('/', 1);
    if (slash < 0) {
      return Optional.empty();
    }
    // Clients in the field write names in either case.
    boolean isAdfs = slash == EntraPaths.ADFS.length() + 1
        && path.regionMatches(true, 1, EntraPaths.ADFS, 0, EntraPaths.ADFS.length());
    return (isAdfs ? adfsPaths : paths).apply(path.substring(slash)).flatMap(endpoint ->
        tenant(path.substring(1, slash).toLowerCase(Locale.ROOT)).map(tenant -> new Route(endpoint, tenant)));
  }

  private Optional<String> tenant(String name) {
    // A tenant's own name comes first: what is registered is not taken away by a setting.
    return registry.get().tenantCalled(name)
        .or(() -> Optional.ofNullable(aliases.get(name)).flatMap(registry.get()::tenantCalled));
  }
}
