package dev.mintlog.edge.http.login;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Set;

/** {@code GET /login/backchannel-authentications/{id}}: who asks whom for what, for the user to decide on. */
final class BackchannelStatusEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);

  private final LoginExchange login;
  private final RequestFinder finder;

  BackchannelStatusEndpoint(LoginExchange login, RequestFinder finder) {
    this.login = login;
    this.finder = finder;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, registry -> finder.find(exchange, authorization ->
        BackchannelView.of(authorization, exchange.arrivedAt()).ifPresentOrElse(
            view -> show(exchange, registry, view),
            () -> BackchannelExchange.unknown(exchange))));
  }

  private static void show(Exchange exchange, RegistrySnapshot registry, BackchannelView view) {
    JsonText json = new JsonText(512)
        .member("client_id", view.clientId())
        .member("status", view.status())
        .member("subject", view.subject())
        .member("scope", view.scopes().text());
    registry.client(exchange.tenant(), view.clientId()).flatMap(RegisteredClient::name)
        .ifPresent(name -> json.member("client_name", name));
    view.asked().ifPresent(asked -> {
      asked.bindingMessage().ifPresent(message -> json.member("binding_message", message));
      if (!asked.acrValues().isEmpty()) {
        json.member("acr_values", String.join(" ", asked.acrValues()));
      }
    });
    view.expiresAt().ifPresent(end ->
        json.member("expires_in", Duration.between(exchange.arrivedAt(), end).toSeconds()));
    Responses.json(exchange, 200, json.end());
  }
}
