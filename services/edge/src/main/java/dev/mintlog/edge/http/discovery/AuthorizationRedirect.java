package dev.mintlog.edge.http.discovery;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/**
 * The authorization endpoint that clients of Entra ID have built in: leads a browser to the login application's, with the
 * request as it is. Nothing of it is read here; whom it is from and what it may ask for, the login application finds out.
 */
public final class AuthorizationRedirect implements Endpoint {
  // RFC 6749 §3.1: "The authorization server MUST support the use of the HTTP "GET" method"; POST is optional.
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);

  private final PublicUrls urls;

  public AuthorizationRedirect(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    // Where it leads is configured, whatever the request says: RFC 9700 §4.11.2, no open redirector.
    urls.authorizationRequest(exchange.tenant(), Optional.ofNullable(exchange.request().query())).ifPresentOrElse(
        location -> Responses.redirect(exchange, location),
        () -> Responses.refusal(exchange, Refusal.http(404,
            "expected a login application, but no authorization-endpoint is configured")));
  }
}
