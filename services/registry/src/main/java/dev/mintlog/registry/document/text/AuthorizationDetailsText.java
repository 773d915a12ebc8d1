package dev.mintlog.registry.document.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code authorization_details} as JSON, RFC 9396 §2: an array of objects that each have a type. */
public final class AuthorizationDetailsText {
  /** Most elements of one array. */
  public static final int DETAILS_MAX = 16;
  /** Longest text of one array, in characters. */
  public static final int CHARACTERS_MAX = 8_192;

  // Amounts of money may be written as numbers: they keep every digit.
  private static final JsonMapper JSON = JsonMapper
      .builder(JsonFactory.builder().streamReadConstraints(CanonicalJson.BOUNDS).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
      .build();

  private AuthorizationDetailsText() {}

  /**
   * The elements of an array, their members in order.
   *
   * @throws IllegalArgumentException where it is none, too long, or nested too deeply; the message repeats nothing of it
   */
  public static List<AuthorizationDetail> read(String text) {
    List<AuthorizationDetail> details = new ArrayList<>();
    elements(text).forEach(element -> details.add(detail(element)));
    return details;
  }

  /**
   * The elements of an array, each as its type has it.
   *
   * @param types those that are known, by their identifier
   * @throws IllegalArgumentException where one breaks RFC 9396 §5; the message repeats nothing of it
   */
  public static List<AuthorizationDetail> read(String text, Map<String, AuthorizationDetailType> types) {
    List<AuthorizationDetail> details = new ArrayList<>();
    for (JsonNode element : elements(text)) {
      AuthorizationDetail detail = detail(element);
      AuthorizationDetailType type = types.get(detail.type());
      // "contains an unknown authorization details type value"
      expect(type != null, "a type that is registered");
      check(element, type);
      details.add(detail);
    }
    return details;
  }

  // RFC 9396 §5: the AS refuses an object of known type "but containing unknown fields", "fields of the wrong type for the
  // authorization details type", or one that "is missing required fields for the authorization details type".
  private static void check(JsonNode element, AuthorizationDetailType type) {
    element.fields().forEachRemaining(member -> {
      if (!member.getKey().equals("type")) {
        String kind = type.members().get(member.getKey());
        expect(kind != null, "only members that the type " + type.type() + " has");
        expect(kind.equals(kindOf(member.getValue())), "the members of the type " + type.type() + " to be what it says");
      }
    });
    expect(type.required().stream().allMatch(element::has), "all members that the type " + type.type() + " requires");
  }

  private static JsonNode elements(String text) {
    expect(text.length() <= CHARACTERS_MAX, "at most " + CHARACTERS_MAX + " characters");
    JsonNode array;
    try {
      array = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // Without the cause: its message repeats the text, which may be personal.
      throw new IllegalArgumentException("expected as authorization_details JSON, but found something else");
    }
    expect(array.isArray() && array.size() <= DETAILS_MAX, "an array of at most " + DETAILS_MAX + " objects");
    return array;
  }

  private static AuthorizationDetail detail(JsonNode element) {
    expect(element.isObject() && element.path("type").isTextual(), "objects that each have a type");
    return new AuthorizationDetail(element.get("type").textValue(), inOrder(element).toString());
  }

  // Members in order, at every depth: equal elements are equal texts, however a client writes them.
  private static JsonNode inOrder(JsonNode value) {
    if (value.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      value.forEach(item -> array.add(inOrder(item)));
      return array;
    }
    if (!value.isObject()) {
      return value;
    }
    Map<String, JsonNode> members = new TreeMap<>();
    value.fields().forEachRemaining(member -> members.put(member.getKey(), inOrder(member.getValue())));
    ObjectNode object = JSON.createObjectNode();
    object.setAll(members);
    return object;
  }

  private static String kindOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case OBJECT -> "object";
      case ARRAY -> "array";
      default -> "another";
    };
  }

  private static void expect(boolean met, String expected) {
    if (!met) {
      throw new IllegalArgumentException("expected as authorization_details " + expected + ", but found another");
    }
  }
}
