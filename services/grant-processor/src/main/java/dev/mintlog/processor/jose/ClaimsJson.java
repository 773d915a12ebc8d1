package dev.mintlog.processor.jose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.ProtocolClaims;
import dev.mintlog.token.TokenClaims;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/** The payload of a token, RFC 7519 §4: the protocol's claims, then further ones where they leave their names free. */
final class ClaimsJson {
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
      .build();

  private ClaimsJson() {}

  static byte[] of(TokenClaims claims) {
    StringBuilder json = new StringBuilder(512).append('{');
    for (Map.Entry<String, Object> claim : claims.claims().entrySet()) {
      if (json.length() > 1) {
        json.append(',');
      }
      JsonText.member(json, claim.getKey(), claim.getValue());
    }
    claims.further().ifPresent(further -> append(json, further, claims.claims().keySet()));
    return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder json, FurtherClaims further, Set<String> taken) {
    for (Map.Entry<String, JsonNode> claim : parsed(further).properties()) {
      if (ProtocolClaims.contains(claim.getKey()) || taken.contains(claim.getKey())) {
        continue;
      }
      if (json.length() > 1) {
        json.append(',');
      }
      JsonText.string(json, claim.getKey());
      json.append(':').append(claim.getValue().toString());
    }
  }

  private static JsonNode parsed(FurtherClaims further) {
    try {
      JsonNode object = MAPPER.readTree(further.json());
      if (!object.isObject()) {
        throw new IllegalStateException("expected the further claims to be a JSON object");
      }
      return object;
    } catch (JsonProcessingException e) {
      // Without the cause: its message repeats the text, which may be personal.
      throw new IllegalStateException("expected the further claims to be JSON, as they were where they entered");
    }
  }
}
