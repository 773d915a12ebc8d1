package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.ClaimValues;
import java.util.Map;

/** What a client's access tokens may be for and hold, as it is written among the client's keys. */
final class AccessForm {
  private AccessForm() {}

  static AccessPolicy read(Fields client) {
    Map<String, Object> claims = client.values("claims");
    claims.keySet().forEach(name -> checkName(client, "claims", name));
    return new AccessPolicy(
        client.flag("multipleResources", AccessPolicy.DEFAULT.multipleResources()), ClaimsText.of(claims));
  }

  static void write(ObjectNode client, AccessPolicy access) {
    client.put("multipleResources", access.multipleResources());
    if (!access.claims().isEmpty()) {
      client.set("claims", CanonicalJson.read(access.claims().json()));
    }
  }

  static void checkName(Fields fields, String key, String name) {
    if (!ClaimValues.isName(name)) {
      fields.problem(key, "expected names of claims beyond the protocol's own, found '" + name + "'");
    }
  }
}
