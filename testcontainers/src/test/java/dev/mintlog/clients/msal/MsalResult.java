package dev.mintlog.clients.msal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.fixture.RawAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A token response as MSAL.NET reads it. */
public record MsalResult(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @throws MsalException as MSAL.NET throws it where the answer is no token response */
  static MsalResult read(URI asked, RawAnswer answer) {
    JsonNode json = readable(asked, answer).json();
    if (json.path("token_type").asText().isEmpty()) {
      throw new MsalException(MsalException.Kind.SERVICE, "token_type_missing", "token_type was not returned");
    }
    // Absent is 0, and expires at once.
    if (json.path("expires_in").asLong() <= 0) {
      throw new AssertionError("expected expires_in as a number or in digits, but found " + json);
    }
    return new MsalResult(json);
  }

  /** An answer that is none of an error. */
  static RawAnswer readable(URI asked, RawAnswer answer) {
    if (answer.status() == 200) {
      return answer;
    }
    if (answer.status() == 404 && answer.body().length == 0) {
      throw new MsalException(MsalException.Kind.SERVICE, "http_status_not_found", "HttpStatusCode: 404");
    }
    throw MsalException.of(asked, answer, parsed(answer.text()));
  }

  private static Optional<JsonNode> parsed(String text) {
    try {
      return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  public String accessToken() {
    return json.path("access_token").asText();
  }

  public String refreshToken() {
    return json.path("refresh_token").asText();
  }

  /** The claims of the ID token, whose signature it does not check. */
  public JsonNode idToken() {
    return claims(json.path("id_token").asText());
  }

  /** {@code HomeAccountId}: {@code uid.utid} of {@code client_info}, where there is one. */
  public Optional<String> homeAccount() {
    return clientInfo().map(info -> info.path("uid").asText() + "." + info.path("utid").asText());
  }

  /** {@code AccountId.TenantId}: what stands behind the last dot of the account's name. */
  Optional<String> homeTenant() {
    return homeAccount().map(account -> account.substring(account.lastIndexOf('.') + 1));
  }

  public Optional<JsonNode> clientInfo() {
    return Optional.ofNullable(json.get("client_info")).map(info -> decoded(info.asText()));
  }

  /** What {@code JwtSecurityTokenHandler.ReadJwtToken} makes of a token. */
  static JsonNode claims(String jwt) {
    String[] parts = jwt.split("[.]");
    if (parts.length != 3) {
      throw new AssertionError("expected a JWT, but found " + jwt);
    }
    return decoded(parts[1]);
  }

  private static JsonNode decoded(String base64Url) {
    try {
      return JSON.readTree(new String(Base64.getUrlDecoder().decode(base64Url), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
