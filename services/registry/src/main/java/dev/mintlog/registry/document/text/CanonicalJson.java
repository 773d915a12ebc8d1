package dev.mintlog.registry.document.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON with its keys in order and no white space: equal content is equal text, so that differences show. */
public final class CanonicalJson {
  /** How deep JSON from outside may be nested: what goes into a token must not be more than a verifier can read. */
  public static final int LEVELS_MAX = 64;

  static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder().maxNestingDepth(LEVELS_MAX).build();

  private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder().streamReadConstraints(BOUNDS).build())
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .build();
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  private CanonicalJson() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static String write(ObjectNode object) {
    try {
      // As a map: only then does Jackson order the keys, at every depth.
      return JSON.writeValueAsString(values(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** @throws IllegalArgumentException where the text is no JSON, or nested deeper than {@value #LEVELS_MAX} levels */
  public static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected JSON: " + e.getOriginalMessage(), e);
    }
  }

  public static Map<String, Object> values(ObjectNode object) {
    return JSON.convertValue(object, VALUES);
  }

  public static ObjectNode tree(Map<String, Object> values) {
    return JSON.convertValue(values, ObjectNode.class);
  }
}
