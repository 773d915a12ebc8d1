package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** An endpoint that web pages may use. */
record SharedEndpoint(Endpoint endpoint, CrossOrigin crossOrigin) implements Endpoint {

  @Override
  public Set<HttpMethod> methods() {
    return endpoint.methods();
  }

  @Override
  public void refuse(Exchange exchange, Refusal refusal) {
    endpoint.refuse(exchange, refusal);
  }

  @Override
  public void handle(Exchange exchange) {
    endpoint.handle(exchange);
  }
}
