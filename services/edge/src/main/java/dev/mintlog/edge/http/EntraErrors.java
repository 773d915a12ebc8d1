package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Refusal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;

/**
 * Error responses as clients of Entra ID read them. MSAL tells by {@code error} and {@code suberror} whether a user has to
 * sign in again; the rest is for people, and for whoever compares logs.
 */
final class EntraErrors {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  /** Numbers that Entra ID has for these errors. */
  private static final Map<String, Integer> NUMBERS = numbers();
  private static final int CONSENT_REQUIRED = 65001;
  private static final int OTHER = 90000;

  private EntraErrors() {}

  static String body(Exchange exchange, Refusal refusal) {
    String trace = exchange.traceId();
    JsonText json = new JsonText(512)
        .member("error", refusal.error())
        .member("error_description", refusal.description())
        .jsonMember("error_codes", "[" + number(refusal) + "]")
        .plainMember("timestamp", TIMESTAMP.format(exchange.arrivedAt()))
        .plainMember("trace_id", trace)
        .plainMember("correlation_id", ClientRequestId.of(exchange).orElse(trace));
    if (!refusal.suberror().isEmpty()) {
      json.plainMember("suberror", refusal.suberror());
    }
    return json.end();
  }

  private static int number(Refusal refusal) {
    return refusal.suberror().equals("consent_required")
        ? CONSENT_REQUIRED : NUMBERS.getOrDefault(refusal.error(), OTHER);
  }

  private static Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new HashMap<>();
    numbers.put(TokenError.INVALID_REQUEST.code(), 900144);
    numbers.put(TokenError.INVALID_CLIENT.code(), 7000215);
    numbers.put(TokenError.INVALID_GRANT.code(), 70000);
    numbers.put(TokenError.UNAUTHORIZED_CLIENT.code(), 700016);
    numbers.put(TokenError.UNSUPPORTED_GRANT_TYPE.code(), 70003);
    numbers.put(TokenError.INVALID_SCOPE.code(), 70011);
    numbers.put(TokenError.INVALID_TARGET.code(), 500011);
    numbers.put(TokenError.AUTHORIZATION_PENDING.code(), 70016);
    numbers.put(TokenError.ACCESS_DENIED.code(), 70018);
    numbers.put(TokenError.EXPIRED_TOKEN.code(), 70020);
    numbers.put(TokenError.TEMPORARILY_UNAVAILABLE.code(), 90033);
    return Map.copyOf(numbers);
  }
}
