package dev.mintlog.edge.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which endpoint serves which path, by exact match: no pattern is tried on the hot path. */
final class PathTable {
  /** An endpoint, for one tenant. */
  record Route(Endpoint endpoint, String tenant) {}

  private final Map<String, Route> routes = new HashMap<>();

  PathTable add(String path, Endpoint endpoint, String tenant) {
    if (routes.put(path, new Route(endpoint, tenant)) != null) {
      throw new IllegalArgumentException("Expected one endpoint for " + path + ", but found two");
    }
    return this;
  }

  Optional<Route> find(String path) {
    return Optional.ofNullable(routes.get(path));
  }
}
