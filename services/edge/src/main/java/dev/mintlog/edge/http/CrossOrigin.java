package dev.mintlog.edge.http;

import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which web pages may read an endpoint's answers: CORS, https://fetch.spec.whatwg.org/#http-cors-protocol. Credentials of
 * a browser (cookies, certificates) are never asked for: {@code Access-Control-Allow-Credentials} is not sent.
 *
 * @param isAllowed whether a page of this origin may, at this tenant, before it is known which client asks
 * @param anybody whether every page may
 */
public record CrossOrigin(BiPredicate<String, String> isAllowed, boolean anybody) {
  /** No page may. */
  static final CrossOrigin NONE = new CrossOrigin((tenant, origin) -> false, false);
  /** Every page may: what is published is published. */
  public static final CrossOrigin ANYBODY = new CrossOrigin((tenant, origin) -> true, true);

  /** What a page's script may send beyond what every page may. */
  private static final Set<String> REQUEST_HEADERS = Set.of("accept", "authorization", "content-type", "dpop");
  /** What a page's script may read beyond what every page may. */
  private static final CharSequence EXPOSED =
      HttpHeaders.createOptimized("DPoP-Nonce, Retry-After, WWW-Authenticate");
  /** Browsers ask again after that; some keep it for less. */
  private static final CharSequence MAX_AGE_SECONDS = HttpHeaders.createOptimized("600");
  /** A longer list of headers is of no browser's. */
  private static final int REQUESTED_CHARACTERS_MAX = 1_024;

  /** Pages of the origins that clients have registered. */
  public static CrossOrigin registered(BiPredicate<String, String> isRegistered) {
    return new CrossOrigin(isRegistered, false);
  }

  /**
   * Says in the response which page may read it, and answers a preflight.
   *
   * @return whether the request was a preflight, which is answered now
   */
  public boolean begin(Exchange exchange, Set<HttpMethod> methods) {
    if (this == NONE) {
      return false;
    }
    MultiMap request = exchange.request().headers();
    String origin = request.get(HttpHeaders.ORIGIN);
    if (origin == null) {
      return false;
    }
    MultiMap response = exchange.response().headers();
    boolean isPreflight = exchange.request().method().equals(HttpMethod.OPTIONS)
        && request.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    if (!anybody) {
      response.add(HttpHeaders.VARY, "Origin");
    }
    if (isAllowed.test(exchange.tenant(), origin)) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, anybody ? "*" : origin);
      if (isPreflight) {
        allow(request, response, methods);
      } else {
        response.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
      }
    }
    if (isPreflight) {
      // A page that may not hears so from its browser, which misses the headers.
      Responses.nothing(exchange);
    }
    return isPreflight;
  }

  private static void allow(MultiMap request, MultiMap response, Set<HttpMethod> methods) {
    response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
        methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", ")));
    // Never what was asked for as it is: the answer is ours, and bounded.
    String headers = requested(request).filter(REQUEST_HEADERS::contains).distinct().sorted()
        .collect(Collectors.joining(", "));
    if (!headers.isEmpty()) {
      response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
    }
    response.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
  }

  private static Stream<String> requested(MultiMap request) {
    String names = Optional.ofNullable(request.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS)).orElse("");
    return names.length() > REQUESTED_CHARACTERS_MAX ? Stream.empty()
        : List.of(names.split(",")).stream().map(name -> name.strip().toLowerCase(Locale.ROOT));
  }

  /** Once it is known which client asks: only pages of its own origins may read the answer. */
  public static void keepFor(Exchange exchange, RegisteredClient client) {
    if (exchange.isOver()) {
      return;
    }
    MultiMap response = exchange.response().headers();
    String allowed = response.get(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
    if (allowed != null && !client.allowedOrigins().contains(allowed)) {
      response.remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN).remove(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS);
    }
  }
}
