package dev.mintlog.edge.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which endpoint serves which path, by exact match: no pattern is tried. Of tenants it knows nothing. */
public final class PathTable {
  private final Map<String, Endpoint> endpoints = new HashMap<>();

  public PathTable add(String path, Endpoint endpoint) {
    if (endpoints.put(path, endpoint) != null) {
      throw new IllegalArgumentException("Expected one endpoint for " + path + ", but found two");
    }
    return this;
  }

  public Optional<Endpoint> find(String path) {
    return Optional.ofNullable(endpoints.get(path));
  }
}
