package dev.mintlog.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An HTTP answer, as a client reads it. */
record Answer(int status, HttpResponse<String> http) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Answer of(HttpResponse<String> http) {
    return new Answer(http.statusCode(), http);
  }

  JsonNode json() {
    try {
      return JSON.readTree(http.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError("expected JSON, but found: " + http.body(), e);
    }
  }

  /** A member of the JSON object; fails where it is not there. */
  String text(String member) {
    JsonNode value = json().get(member);
    if (value == null) {
      throw new AssertionError("expected a member " + member + ", but found: " + http.body());
    }
    return value.asText();
  }

  boolean has(String member) {
    return json().has(member);
  }

  String accessToken() {
    return text("access_token");
  }

  String refreshToken() {
    return text("refresh_token");
  }

  String error() {
    return text("error");
  }

  Optional<String> header(String name) {
    return http.headers().firstValue(name);
  }

  @Override
  public String toString() {
    return status + " " + http.body();
  }
}
