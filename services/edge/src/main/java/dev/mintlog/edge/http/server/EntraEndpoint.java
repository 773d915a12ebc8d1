package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.ClientRequestId;
import dev.mintlog.edge.http.CrossOrigin;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/** An endpoint whose clients name their requests. */
record EntraEndpoint(Endpoint endpoint) implements Endpoint {

  @Override
  public Set<HttpMethod> methods() {
    return endpoint.methods();
  }

  @Override
  public CrossOrigin crossOrigin() {
    return endpoint.crossOrigin();
  }

  @Override
  public void refuse(Exchange exchange, Refusal refusal) {
    ClientRequestId.echo(exchange);
    endpoint.refuse(exchange, refusal);
  }

  @Override
  public void handle(Exchange exchange) {
    ClientRequestId.echo(exchange);
    endpoint.handle(exchange);
  }
}
