package dev.mintlog.edge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * One request on its way through an endpoint, and its response. Confined to its event loop.
 */
public final class Exchange {
  private final HttpServerRequest request;
  private final String tenant;
  private final Instant arrivedAt;
  private final Executor loop;

  /**
   * @param tenant whose path was asked for
   * @param arrivedAt by this machine's clock, in whole milliseconds as they travel
   * @param loop the event loop this lives on
   */
  Exchange(HttpServerRequest request, String tenant, Instant arrivedAt, Executor loop) {
    this.request = request;
    this.tenant = tenant;
    this.arrivedAt = arrivedAt;
    this.loop = loop;
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  String tenant() {
    return tenant;
  }

  Instant arrivedAt() {
    return arrivedAt;
  }

  Executor loop() {
    return loop;
  }

  /** The Authorization header. */
  Optional<String> authorization() {
    return Optional.ofNullable(request.headers().get(HttpHeaders.AUTHORIZATION));
  }

  /** Whether a header that may stand once stands twice. */
  boolean repeatsAuthorization() {
    List<String> all = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    return all.size() > 1;
  }

  /** Whether nobody is there any more to answer to, or an answer was given. */
  boolean isOver() {
    HttpServerResponse response = request.response();
    return response.ended() || response.closed();
  }
}
