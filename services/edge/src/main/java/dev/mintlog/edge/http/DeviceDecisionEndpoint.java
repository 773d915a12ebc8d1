package dev.mintlog.edge.http;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code POST /login/device-authorizations/{user_code}/approval} and {@code …/refusal}: what the user decided. It is
 * set once: the same again is 200, the opposite 409.
 */
final class DeviceDecisionEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final LoginExchange login;
  private final UserCodeExchange userCodes;
  private final TokenCommandSender sender;
  private final String userCode;
  private final Function<byte[], Checked<Function<AuthorizationId, CommandBody>>> reader;

  /** @param reader makes the command, for an authorization, of a body */
  DeviceDecisionEndpoint(LoginExchange login, UserCodeExchange userCodes, TokenCommandSender sender, String userCode,
      Function<byte[], Checked<Function<AuthorizationId, CommandBody>>> reader) {
    this.login = login;
    this.userCodes = userCodes;
    this.sender = sender;
    this.userCode = userCode;
    this.reader = reader;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, registry -> BodyReader.read(exchange, body -> body.then(reader).either(
        command -> userCodes.find(exchange, userCode,
            authorization -> send(exchange, registry.revision(), authorization, command)),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void send(Exchange exchange, long revision, Authorization authorization,
      Function<AuthorizationId, CommandBody> command) {
    String clientId = authorization.state().clientId();
    sender.send(exchange.origin(clientId, revision),
        Optional.of(authorization.id()), command.apply(authorization.id()), exchange.loop(),
        login.listener(exchange, Reply.Done.class, done -> Responses.json(exchange, 200, "{}")));
  }
}
