package dev.mintlog.edge.http;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.edge.command.LoginCommands;
import dev.mintlog.edge.command.LoginCommands.Approval;
import dev.mintlog.edge.command.Origin;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import io.vertx.core.http.HttpMethod;
import dev.mintlog.registry.RegistrySnapshot;
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
  private final LoginCommands commands;
  private final UserClaims claims;
  private final String userCode;
  private final Function<byte[], Checked<Optional<Approval>>> reader;

  /** @param reader makes the approval of a body; an empty one is a refusal */
  DeviceDecisionEndpoint(LoginExchange login, UserCodeExchange userCodes, TokenCommandSender sender, String userCode,
      LoginCommands commands, UserClaims claims, Function<byte[], Checked<Optional<Approval>>> reader) {
    this.commands = commands;
    this.claims = claims;
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
        decision -> userCodes.find(exchange, userCode,
            authorization -> decide(exchange, registry, authorization, decision)),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void decide(Exchange exchange, RegistrySnapshot registry, Authorization authorization,
      Optional<Approval> decision) {
    if (decision.isEmpty()) {
      send(exchange, registry.revision(), authorization, commands.refuse(authorization.id()));
      return;
    }
    Approval approval = decision.get();
    UserClaims.Subject subject = new UserClaims.Subject(exchange.tenant(), authorization.state().clientId(),
        approval.subject(), approval.claims());
    claims.find(registry, subject, exchange.loop(), exchange.later(found -> found.either(
        userClaims -> send(exchange, registry.revision(), authorization,
            commands.approve(authorization.id(), approval.withUserClaims(userClaims))),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void send(Exchange exchange, long revision, Authorization authorization, CommandBody command) {
    String clientId = authorization.state().clientId();
    sender.send(new Origin(exchange.tenant(), clientId, revision, exchange.arrivedAt()),
        Optional.of(authorization.id()), command, exchange.loop(),
        login.listener(exchange, Reply.Done.class, done -> Responses.json(exchange, 200, "{}")));
  }
}
