package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.NamedProxies;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Leads each request to its endpoint. */
final class RequestDispatcher implements Handler<HttpServerRequest> {
  private final Function<String, Optional<Route>> routes;
  private final InstantSource clock;
  private final Executor loop;
  private final BooleanSupplier closing;
  private final NamedProxies proxies;

  /**
   * @param routes the endpoint of a path
   * @param loop runs tasks on the event loop that this is called on
   * @param closing whether the server takes no further requests
   * @param proxies whose word counts for where a request comes from
   */
  RequestDispatcher(Function<String, Optional<Route>> routes, InstantSource clock, Executor loop,
      BooleanSupplier closing, NamedProxies proxies) {
    this.routes = routes;
    this.clock = clock;
    this.loop = loop;
    this.closing = closing;
    this.proxies = proxies;
  }

  @Override
  public void handle(HttpServerRequest request) {
    Exchange nobodys = exchange(request, "");
    nobodys.step(() -> route(request).ifPresentOrElse(route -> {
      Exchange exchange = exchange(request, route.tenant());
      exchange.step(() -> begin(exchange, route.endpoint()));
    }, () -> Responses.refusal(nobodys, Refusal.http(404,
        "expected the path of an endpoint, perhaps behind the name of a registered tenant, but nothing is here"))));
  }

  private Exchange exchange(HttpServerRequest request, String tenant) {
    return new Exchange(request, tenant, Instant.ofEpochMilli(clock.millis()), loop, closing, proxies);
  }

  private Optional<Route> route(HttpServerRequest request) {
    String path = request.path();
    return path == null ? Optional.empty() : routes.apply(path);
  }

  private static void begin(Exchange exchange, Endpoint endpoint) {
    if (endpoint.crossOrigin().begin(exchange, endpoint.methods())) {
      return;
    }
    if (!endpoint.methods().contains(exchange.request().method())) {
      refuseMethod(exchange, endpoint);
      return;
    }
    exchange.refuseBy(refusal -> endpoint.refuse(exchange, refusal));
    endpoint.handle(exchange);
  }

  // RFC 9110 §15.5.6: "The origin server MUST generate an Allow header field in a 405 response".
  private static void refuseMethod(Exchange exchange, Endpoint endpoint) {
    String allow = endpoint.methods().stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    exchange.response().putHeader(HttpHeaders.ALLOW, allow);
    endpoint.refuse(exchange, Refusal.http(405, "expected the method " + allow + ", but found another"));
  }

  /** What HTTP itself cannot parse. */
  static void refuseMalformed(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, "", Instant.EPOCH, Runnable::run, () -> true, NamedProxies.NONE);
    Responses.refusal(exchange, Refusal.http(400, "expected a well-formed HTTP request"));
    request.connection().close();
  }
}
