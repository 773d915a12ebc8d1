package dev.mintlog.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/** Makes sure that what is being counted are the tokens meant: signed JWTs, of the algorithm under measurement. */
final class AccessTokenCheck {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AccessTokenCheck() {
  }

  /** @throws BenchException naming what is wrong, never the token */
  static void verify(String tokenResponse, Optional<String> expectedAlg) {
    String[] parts = accessToken(tokenResponse).split("\\.", -1);
    // RFC 7515 §7.1: header, payload and signature, separated by periods.
    if (parts.length != 3 || parts[2].isEmpty()) {
      throw new BenchException("the first access_token is not a JWT of three parts: measure a client that gets JWTs");
    }
    String alg = alg(parts[0]);
    if (expectedAlg.isPresent() && !expectedAlg.get().equals(alg)) {
      throw new BenchException("the first access_token is signed with " + alg + ", expected " + expectedAlg.get());
    }
  }

  private static String accessToken(String tokenResponse) {
    try {
      return JSON.readTree(tokenResponse).path("access_token").asText();
    } catch (JsonProcessingException notJson) {
      throw new BenchException("the first answer with access_token is not JSON");
    }
  }

  private static String alg(String header) {
    try {
      JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(header));
      return json.path("alg").asText();
    } catch (IOException | IllegalArgumentException notJson) {
      throw new BenchException("the first access_token's header is not base64url JSON: it is no JWT");
    }
  }
}
