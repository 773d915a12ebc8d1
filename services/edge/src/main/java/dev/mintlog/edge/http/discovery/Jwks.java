package dev.mintlog.edge.http.discovery;

import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.key.PublishedKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Optional;

/** The JWK Set of a tenant, RFC 7517 §5: keys in force, keys to come, and keys whose tokens still live. */
public final class Jwks {
  private Jwks() {}

  public static Optional<String> write(RegistrySnapshot registry, String tenant) {
    return registry.tenant(tenant).map(found -> {
      JsonArray keys = new JsonArray();
      for (PublishedKey key : registry.keys(tenant)) {
        keys.add(withThumbprint(new JsonObject(new LinkedHashMap<>(key.publicJwk()))));
      }
      return new JsonObject().put("keys", keys).encode();
    });
  }

  // RFC 7517 §4.8: "a base64url-encoded SHA-1 thumbprint […] of the DER encoding of an X.509 certificate". A name for
  // clients in the field that know no other one; nothing rests on it.
  private static JsonObject withThumbprint(JsonObject key) {
    JsonArray chain = key.getJsonArray("x5c");
    if (chain == null || key.containsKey("x5t")) {
      return key;
    }
    try {
      byte[] der = Base64.getDecoder().decode(chain.getString(0));
      return key.put("x5t", Base64.getUrlEncoder().withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-1").digest(der)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
