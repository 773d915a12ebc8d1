package dev.mintlog.grant;

import dev.mintlog.answer.Answer.Denied;
import dev.mintlog.authorization.Authorization;
import dev.mintlog.client.Registration;
import dev.mintlog.command.Command.TokenRequest;
import dev.mintlog.command.Grant;
import dev.mintlog.grant.ciba.AuthReqIdHandler;
import dev.mintlog.grant.clientcredentials.ClientCredentialsHandler;
import dev.mintlog.grant.code.AuthorizationCodeHandler;
import dev.mintlog.grant.device.DeviceCodeHandler;
import dev.mintlog.grant.exchange.TokenExchangeHandler;
import dev.mintlog.grant.extension.ExtensionHandler;
import dev.mintlog.grant.onbehalf.OnBehalfOfHandler;
import dev.mintlog.grant.password.PasswordHandler;
import dev.mintlog.grant.refresh.RefreshTokenHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which handler serves which grant. A new grant is one file and one line here. */
public final class GrantHandlers {
  private static final List<GrantHandler<?>> HANDLERS = List.of(
      new AuthReqIdHandler(),
      new AuthorizationCodeHandler(),
      new ClientCredentialsHandler(),
      new DeviceCodeHandler(),
      new ExtensionHandler(),
      new OnBehalfOfHandler(),
      new PasswordHandler(),
      new RefreshTokenHandler(),
      new TokenExchangeHandler());

  private static final Map<Class<?>, GrantHandler<?>> BY_GRANT =
      HANDLERS.stream().collect(Collectors.toUnmodifiableMap(GrantHandler::grant, Function.identity()));

  private GrantHandlers() {}

  static Decision decide(Optional<Authorization> loaded, TokenRequest request, Registration registration) {
    // RFC 6749 §5.2: "unauthorized_client: The authenticated client is not authorized to use this authorization grant
    // type."
    if (!registration.client().mayUse(request.grant().type())) {
      return Decision.denied(GrantPolicy.of(registration).notAllowed(request.grant().type()),
          "expected a grant type registered for the client, but found " + request.grant().type());
    }
    GrantHandler<?> handler = BY_GRANT.get(request.grant().getClass());
    if (handler == null) {
      throw new IllegalStateException("no handler is listed for " + request.grant().getClass().getName());
    }
    return decideWith(handler, loaded, request, registration);
  }

  private static <G extends Grant> Decision decideWith(GrantHandler<G> handler, Optional<Authorization> loaded,
      TokenRequest request, Registration registration) {
    Optional<Denied> tooMany = RequestedResources.tooMany(request, registration);
    if (tooMany.isPresent()) {
      return Decision.unchanged(tooMany.get());
    }
    Decision decided = RequestedResources.asAWhole(loaded, request,
        handler.decide(loaded, request, handler.grant().cast(request.grant()), registration));
    return ReferenceToken.instead(loaded, request, registration, decided);
  }
}
