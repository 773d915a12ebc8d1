package dev.mintlog.edge.http.login;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.edge.claims.UserClaims;
import dev.mintlog.edge.command.CommandBody;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.LoginCommands;
import dev.mintlog.edge.command.authorization.LoginCommands.Approval;
import dev.mintlog.edge.http.BodyReader;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.notification.DecisionNotices;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code POST …/approval} and {@code …/refusal} on a device authorization or a backchannel authentication: what the user
 * decided. It is set once: the same again is 200, the opposite 409.
 */
final class RequestDecisionEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final LoginExchange login;
  private final HandleKind handle;
  private final RequestFinder finder;
  private final TokenCommandSender sender;
  private final LoginCommands commands;
  private final UserClaims claims;
  private final DecisionNotices notices;
  private final Function<byte[], Checked<Optional<Approval>>> reader;

  /**
   * @param handle what the request is polled with
   * @param finder of the request
   * @param reader makes the approval of a body; an empty one is a refusal
   */
  RequestDecisionEndpoint(LoginExchange login, HandleKind handle, RequestFinder finder, TokenCommandSender sender,
      LoginCommands commands, UserClaims claims, DecisionNotices notices,
      Function<byte[], Checked<Optional<Approval>>> reader) {
    this.commands = commands;
    this.claims = claims;
    this.notices = notices;
    this.login = login;
    this.handle = handle;
    this.finder = finder;
    this.sender = sender;
    this.reader = reader;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    login.authorize(exchange, registry -> BodyReader.read(exchange, body -> body.then(reader).either(
        decision -> finder.find(exchange,
            authorization -> decide(exchange, registry, authorization, decision)),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void decide(Exchange exchange, RegistrySnapshot registry, Authorization authorization,
      Optional<Approval> decision) {
    if (decision.isEmpty()) {
      send(exchange, registry, authorization, commands.refuse(handle, authorization.id()));
      return;
    }
    Approval approval = decision.get();
    UserClaims.Subject subject = new UserClaims.Subject(exchange.tenant(), authorization.state().clientId(),
        approval.subject(), approval.claims());
    claims.find(registry, subject, exchange.loop(), exchange.later(found -> found.either(
        userClaims -> send(exchange, registry, authorization,
            commands.approve(handle, authorization.id(), approval.withUserClaims(userClaims))),
        refusal -> Responses.refusal(exchange, refusal))));
  }

  private void send(Exchange exchange, RegistrySnapshot registry, Authorization authorization, CommandBody command) {
    String clientId = authorization.state().clientId();
    sender.send(exchange.origin(clientId, registry.revision()),
        Optional.of(authorization.id()), command, exchange.loop(),
        login.listener(exchange, Reply.Done.class, done -> {
          // Decided and recorded: only now does the client hear of it.
          notices.decided(registry, authorization);
          Responses.json(exchange, 200, "{}");
        }));
  }
}
