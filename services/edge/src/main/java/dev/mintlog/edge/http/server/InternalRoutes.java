package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.PathTable;
import dev.mintlog.edge.http.PublicUrls;
import java.util.Optional;

/** The internal port: health, which is no tenant's, and the login application's API, which each tenant has. */
final class InternalRoutes {
  private final PathTable health;
  private final TenantRoutes login;

  InternalRoutes(PathTable health, TenantRoutes login) {
    this.health = health;
    this.login = login;
  }

  Optional<Route> find(String path) {
    return health.find(path)
        .map(endpoint -> new Route(endpoint, PublicUrls.DEFAULT_TENANT))
        .or(() -> login.find(path));
  }
}
