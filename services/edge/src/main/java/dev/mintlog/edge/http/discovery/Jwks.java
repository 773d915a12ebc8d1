package dev.mintlog.edge.http.discovery;

import dev.mintlog.registry.PublishedKey;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** The JWK Set of a tenant, RFC 7517 §5: keys in force, keys to come, and keys whose tokens still live. */
public final class Jwks {
  private Jwks() {}

  public static Optional<String> write(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found -> {
      JsonArray keys = new JsonArray();
      for (PublishedKey key : registry.keys(tenant)) {
        keys.add(new JsonObject(key.publicJwk()));
      }
      return new JsonObject().put("keys", keys).encode();
    });
  }
}
