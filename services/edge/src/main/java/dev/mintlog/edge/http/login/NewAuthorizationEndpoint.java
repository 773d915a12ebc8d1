package dev.mintlog.edge.http.login;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.handle.Handles;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.LoginCommands;
import dev.mintlog.edge.command.authorization.LoginCommands.NewAuthorization;
import dev.mintlog.edge.http.BodyReader;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.login.LoginRequests.NewAuthorizationRequest;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.text.AuthorizationDetailsText;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/** {@code POST /login/authorizations}: the login application recorded a consent and gets a code for it. */
public final class NewAuthorizationEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final LoginExchange login;
  private final UserClaims claims;
  private final LoginCommands commands;
  private final TokenCommandSender sender;
  private final Handles handles;

  public NewAuthorizationEndpoint(LoginExchange login, UserClaims claims, LoginCommands commands, TokenCommandSender sender,
      Handles handles) {
    this.claims = claims;
    this.login = login;
    this.commands = commands;
    this.sender = sender;
    this.handles = handles;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, registry -> BodyReader.read(exchange, body -> body
        .then(LoginRequests::authorization)
        .then(request -> ofRegisteredClient(registry, exchange.tenant(), request))
        .either(
            request -> findClaims(exchange, registry, request),
            refusal -> Responses.refusal(exchange, refusal))));
  }

  private static Checked<NewAuthorizationRequest> ofRegisteredClient(RegistrySnapshot registry, String tenant,
      NewAuthorizationRequest request) {
    return registry.client(tenant, request.clientId()).isPresent()
        ? ofRegisteredTypes(registry, tenant, request)
        : Checked.refused(Refusal.invalidRequest("expected the client_id of a registered client, but found another"));
  }

  private static Checked<NewAuthorizationRequest> ofRegisteredTypes(RegistrySnapshot registry, String tenant,
      NewAuthorizationRequest request) {
    try {
      request.request().details()
          .ifPresent(details -> AuthorizationDetailsText.read(details.json(), registry.detailTypes(tenant)));
      return Checked.accepted(request);
    } catch (IllegalArgumentException e) {
      return Checked.refused(Refusal.of(TokenError.INVALID_AUTHORIZATION_DETAILS, e.getMessage()));
    }
  }

  private void findClaims(Exchange exchange, RegistrySnapshot registry, NewAuthorizationRequest request) {
    UserClaims.Subject subject = new UserClaims.Subject(exchange.tenant(), request.clientId(),
        request.approval().subject(), request.approval().claims(), request.wished().names());
    Set<String> ofApis = registry.tenant(exchange.tenant()).map(Tenant::wantedUserClaims).orElse(Set.of());
    claims.find(registry, subject, exchange.loop(), exchange.later(found -> found.either(
        userClaims -> send(exchange, registry.revision(), request.withUserClaims(userClaims, ofApis)),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void send(Exchange exchange, long revision, NewAuthorizationRequest request) {
    NewAuthorization authorization = commands.create(exchange.tenant(), request.approval(), request.request());
    request.key().ifPresent(exchange::bind);
    sender.send(exchange.origin(request.clientId(), revision),
        Optional.of(authorization.id()), authorization.body(), exchange.loop(),
        login.listener(exchange, Reply.CodeCreated.class,
            reply -> created(exchange, authorization, request, reply.expiresInSeconds())));
  }

  private void created(Exchange exchange, NewAuthorization authorization, NewAuthorizationRequest request,
      int expiresInSeconds) {
    JsonText json = new JsonText(256)
        .plainMember("code", handles.write(exchange.tenant(), authorization.secret(), HandleKind.CODE, 0))
        .member("expires_in", expiresInSeconds);
    request.request().redirectUri().ifPresent(uri -> json.member("redirect_uri", uri));
    Responses.json(exchange, 200, json.end());
  }
}
