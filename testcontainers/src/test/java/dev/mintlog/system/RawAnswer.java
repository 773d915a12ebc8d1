package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP answer, read off the wire.
 *
 * @param headers by their names in lower case
 */
record RawAnswer(int status, Map<String, List<String>> headers, byte[] body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one value of a header; fails where it stands more than once. */
  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    if (values.size() > 1) {
      throw new AssertionError("expected " + name + " once, but found " + values);
    }
    return values.stream().findFirst();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  JsonNode json() {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("expected JSON, but found: " + this, e);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  String text(String member) {
    JsonNode value = json().get(member);
    if (value == null) {
      throw new AssertionError("expected a member " + member + ", but found: " + this);
    }
    return value.asText();
  }

  /** Whether the server keeps the connection. */
  boolean keepsConnection() {
    return header("Connection").filter("close"::equalsIgnoreCase).isEmpty();
  }

  RawAnswer isGranted() {
    assertThat(status).as(toString()).isEqualTo(200);
    assertThat(text("access_token")).isNotBlank();
    return this;
  }

  /** An error answer with everything that any error answer has. */
  RawAnswer isRefused(int expectedStatus, String error) {
    assertThat(status).as(toString()).isEqualTo(expectedStatus);
    assertThat(text("error")).as(toString()).isEqualTo(error);
    return isProperError();
  }

  /** RFC 6749 §5.2, whatever the error. */
  RawAnswer isProperError() {
    assertThat(header("Content-Type")).as(toString()).hasValueSatisfying(
        type -> assertThat(type).matches("(?i)application/json(;\\s*charset=utf-8)?"));
    assertThat(header("Cache-Control")).as(toString()).contains("no-store");
    assertThat(header("Pragma")).as(toString()).contains("no-cache");
    assertThat(json().isObject()).isTrue();
    // "Values for the "error" parameter MUST NOT include characters outside the set %x20-21 / %x23-5B / %x5D-7E."
    assertThat(text("error")).matches("[a-z_]+");
    // And so error_description.
    assertThat(text("error_description")).isNotBlank().matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]+");
    assertThat(json().fieldNames()).toIterable().containsExactly("error", "error_description");
    if (status == 401) {
      assertThat(header("WWW-Authenticate")).as(toString()).hasValueSatisfying(
          challenge -> assertThat(challenge).startsWith("Basic realm="));
    } else {
      assertThat(header("WWW-Authenticate")).as(toString()).isEmpty();
    }
    if (status == 405) {
      assertThat(header("Allow")).as(toString()).isPresent();
    }
    return this;
  }

  @Override
  public String toString() {
    return status + " " + headers + " " + text();
  }
}
