package dev.mintlog.edge.http.login;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** {@code GET /login/device-authorizations/{user_code}}: who asks for what, for the user to decide on. */
final class DeviceAuthorizationStatusEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);

  private final LoginExchange login;
  private final UserCodeExchange userCodes;
  private final String userCode;

  DeviceAuthorizationStatusEndpoint(LoginExchange login, UserCodeExchange userCodes, String userCode) {
    this.login = login;
    this.userCodes = userCodes;
    this.userCode = userCode;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, registry -> userCodes.find(exchange, userCode, authorization ->
        DeviceAuthorizationView.of(authorization, exchange.arrivedAt()).ifPresentOrElse(
            view -> show(exchange, registry, view),
            () -> UserCodeExchange.unknown(exchange))));
  }

  private static void show(Exchange exchange, RegistrySnapshot registry, DeviceAuthorizationView view) {
    Optional<String> name = registry.client(exchange.tenant(), view.clientId()).flatMap(RegisteredClient::name);
    JsonText json = new JsonText(256)
        .member("client_id", view.clientId())
        .member("status", view.status())
        .member("scope", view.scopes().text());
    name.ifPresent(text -> json.member("client_name", text));
    view.expiresAt().ifPresent(end ->
        json.member("expires_in", Duration.between(exchange.arrivedAt(), end).toSeconds()));
    Responses.json(exchange, 200, json.end());
  }
}
