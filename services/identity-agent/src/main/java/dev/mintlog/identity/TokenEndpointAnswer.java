package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Issued;
import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what the token endpoint answers, RFC 6749 §5. */
record TokenEndpointAnswer(InstantSource clock) {
  static final int BODY_BYTES_MAX = 64 * 1024;

  // At most nine digits: 31 years, and no number that does not fit.
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final int TEXT_LENGTH_MAX = 300;
  private static final int RETRY_AFTER_SECONDS_MAX = 3_600;
  // Wrong in the request of the workload, not in what this host is assigned.
  private static final Set<String> OF_THE_RESOURCE = Set.of("invalid_target", "invalid_scope");

  IdentityAnswer read(HttpClientResponse response, Buffer body) {
    int status = response.statusCode();
    if (status == 429 || status >= 500) {
      return new Refused(status == 429 ? 429 : 503, "temporarily_unavailable",
          "expected the token endpoint to issue a token, but it answered " + status + "; try again",
          retryAfterSeconds(response.getHeader("Retry-After")));
    }
    try {
      JsonObject json = body.toJsonObject();
      return status == 200 ? issued(json) : refused(status, json);
    } catch (DecodeException | ClassCastException e) {
      return unreadable(status);
    }
  }

  private IdentityAnswer issued(JsonObject json) {
    String token = json.getString("access_token");
    OptionalInt seconds = seconds(json.getValue("expires_in"));
    if (token == null || seconds.isEmpty() || seconds.getAsInt() < 1) {
      return unreadable(200);
    }
    Duration lifetime = Duration.ofSeconds(seconds.getAsInt());
    return new Issued(token, json.getString("token_type", "Bearer"), clock.instant().plus(lifetime), lifetime);
  }

  // RFC 6749 §5.1: "The lifetime in seconds of the access token". The first version of Entra ID's form writes digits in a
  // text where the RFC has a number.
  private static OptionalInt seconds(Object found) {
    if (found instanceof Number number) {
      return OptionalInt.of(number.intValue());
    }
    return found instanceof String text && SECONDS.matcher(text).matches()
        ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private static IdentityAnswer refused(int status, JsonObject json) {
    String error = json.getString("error");
    if (error == null) {
      return unreadable(status);
    }
    return new Refused(400, OF_THE_RESOURCE.contains(error) ? "invalid_resource" : brief(error),
        "the token endpoint says: " + brief(json.getString("error_description", error)), 0);
  }

  private static Refused unreadable(int status) {
    return new Refused(502, "server_error", "expected the token endpoint to answer as in RFC 6749 section 5, but found"
        + " something else with status " + status + "; check " + IdentityAgentKeys.TOKEN_ENDPOINT, 0);
  }

  private static int retryAfterSeconds(String header) {
    try {
      return Math.max(1, Math.min(RETRY_AFTER_SECONDS_MAX, Integer.parseInt(header)));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private static String brief(String text) {
    return text.length() <= TEXT_LENGTH_MAX ? text : text.substring(0, TEXT_LENGTH_MAX);
  }
}
