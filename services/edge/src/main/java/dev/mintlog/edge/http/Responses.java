package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** What all JSON answers have in common. Whoever is gone gets none. */
public final class Responses {
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence PRAGMA = HttpHeaders.createOptimized("pragma");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("retry-after");
  public static final CharSequence WWW_AUTHENTICATE = HttpHeaders.createOptimized("www-authenticate");

  private Responses() {}

  /**
   * RFC 6749 §5.1: "The authorization server MUST include the HTTP "Cache-Control" response header field with a value
   * of "no-store" in any response containing tokens, credentials, or other sensitive information, as well as the
   * "Pragma" response header field with a value of "no-cache"." So does every other answer here.
   */
  public static void json(Exchange exchange, int status, String body) {
    json(exchange, status, Buffer.buffer(body));
  }

  public static void json(Exchange exchange, int status, Buffer body) {
    sensitive(exchange, status, JSON, body);
  }

  /** 200 with another content type, and the same headers. */
  public static void sensitive(Exchange exchange, CharSequence contentType, Buffer body) {
    sensitive(exchange, 200, contentType, body);
  }

  private static void sensitive(Exchange exchange, int status, CharSequence contentType, Buffer body) {
    if (!exchange.isOver()) {
      HttpServerResponse response = begun(exchange);
      response.setStatusCode(status);
      response.putHeader(HttpHeaders.CONTENT_TYPE, contentType)
          .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
          .putHeader(PRAGMA, NO_CACHE)
          .end(body);
    }
  }

  /** 200 without a body. */
  public static void empty(Exchange exchange) {
    if (!exchange.isOver()) {
      begun(exchange).putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE).putHeader(PRAGMA, NO_CACHE).end();
    }
  }

  /** 302: a browser is to ask another, for this time. */
  public static void redirect(Exchange exchange, String location) {
    if (!exchange.isOver()) {
      begun(exchange).setStatusCode(302).putHeader(HttpHeaders.LOCATION, location)
          .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE).putHeader(PRAGMA, NO_CACHE).end();
    }
  }

  /** 204: there is nothing to say but headers. */
  static void nothing(Exchange exchange) {
    if (!exchange.isOver()) {
      begun(exchange).setStatusCode(204).end();
    }
  }

  /** A document that may be kept, by anybody. */
  public static void cacheable(Exchange exchange, Buffer body, CharSequence cacheControl) {
    if (!exchange.isOver()) {
      begun(exchange)
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .putHeader(HttpHeaders.CACHE_CONTROL, cacheControl)
          .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
          .end(body);
    }
  }

  // RFC 9112 §9.6: a server that is about to close the connection says so with its last response; else the client's next
  // request would be lost in between. HTTP/2 has GOAWAY for that, and RFC 9113 §8.2.2 forbids the header.
  private static HttpServerResponse begun(Exchange exchange) {
    HttpServerResponse response = exchange.response();
    boolean isLast = exchange.isLastOfConnection() && exchange.request().version() != HttpVersion.HTTP_2;
    return isLast ? response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE) : response;
  }

  /** RFC 6749 §5.2, with the status that the refusal has. */
  public static void refusal(Exchange exchange, Refusal refusal) {
    refusal(exchange, refusal.status(), refusal);
  }

  /** RFC 9110 §11.6.1: 401, and how to do better. */
  public static void challenged(Exchange exchange, String challenge, Refusal refusal) {
    if (!exchange.isOver()) {
      exchange.response().putHeader(WWW_AUTHENTICATE, challenge);
    }
    refusal(exchange, 401, refusal);
  }

  public static void refusal(Exchange exchange, int status, Refusal refusal) {
    refusal(exchange, status, refusal, body(refusal));
  }

  /** RFC 6749 §5.2. */
  static String body(Refusal refusal) {
    return new JsonText(160)
        .member("error", refusal.error())
        .member("error_description", refusal.description())
        .end();
  }

  /** @param body the refusal, written */
  static void refusal(Exchange exchange, int status, Refusal refusal, String body) {
    if (exchange.isOver()) {
      return;
    }
    if (refusal.retryAfterSeconds() > 0) {
      exchange.response().putHeader(RETRY_AFTER, Integer.toString(refusal.retryAfterSeconds()));
    }
    json(exchange, status, body);
  }
}
