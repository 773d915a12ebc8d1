package dev.mintlog.registry.document.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.client.ClaimValues;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Claims as JSON objects: what an operator wrote, a provider said, or a command brought. */
public final class ClaimsText {
  private ClaimsText() {}

  /**
   * The claims in the text of a JSON object.
   *
   * @throws IllegalArgumentException where it is none, a name is there twice, or is none that a claim may have
   */
  public static ClaimValues read(String json) {
    JsonNode object = CanonicalJson.read(json);
    if (!object.isObject()) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    Map<String, String> claims = new TreeMap<>();
    object.fields().forEachRemaining(claim -> claims.put(claim.getKey(), claim.getValue().toString()));
    return new ClaimValues(claims);
  }

  /**
   * Those claims of a JSON object that are wanted.
   *
   * @throws IllegalArgumentException where it is none
   */
  public static ClaimValues some(String json, Collection<String> wanted) {
    JsonNode object = CanonicalJson.read(json);
    Map<String, String> claims = new TreeMap<>();
    wanted.stream().filter(object::has).forEach(name -> claims.put(name, object.get(name).toString()));
    return new ClaimValues(claims);
  }

  /** Claims whose names may be claims' names; others are left out. */
  public static ClaimValues of(Map<String, Object> values) {
    Map<String, String> claims = new TreeMap<>();
    CanonicalJson.tree(values).fields().forEachRemaining(claim -> {
      if (ClaimValues.isName(claim.getKey())) {
        claims.put(claim.getKey(), claim.getValue().toString());
      }
    });
    return new ClaimValues(claims);
  }
}
