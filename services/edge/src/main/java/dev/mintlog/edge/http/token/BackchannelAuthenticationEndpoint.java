package dev.mintlog.edge.http.token;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.backchannel.BackchannelCommand;
import dev.mintlog.edge.backchannel.BackchannelCommands;
import dev.mintlog.edge.backchannel.BackchannelParameters;
import dev.mintlog.edge.backchannel.HintedUsers;
import dev.mintlog.edge.backchannel.RequestParameters;
import dev.mintlog.edge.backchannel.SignedRequests;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.Unavailable;
import dev.mintlog.edge.proof.UserCodeProof;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/**
 * The backchannel authentication endpoint, OpenID CIBA Core §7, step by step: read the form, authenticate the client,
 * read the request, which may be signed, find the user, compare the user_code, send the command, answer.
 */
public final class BackchannelAuthenticationEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);
  /**
   * What tells an attacker something about users, and proofs that fail: the audit hears of it though no command came of it.
   */
  private static final Set<String> AUDITED = Set.of("unknown_user_id", "missing_user_code", "invalid_user_code",
      TokenError.INVALID_REQUEST_OBJECT.code());

  private final ClientExchange clients;
  private final SignedRequests requests;
  private final HintedUsers users;
  private final UserCodeProof userCodes;
  private final BackchannelCommands commands;
  private final TokenCommandSender sender;
  private final DenialAudit denials;
  private final ErrorResponses errors;

  /** @param errors with this endpoint's statuses */
  public BackchannelAuthenticationEndpoint(ClientExchange clients, SignedRequests requests, HintedUsers users,
      UserCodeProof userCodes, BackchannelCommands commands, TokenCommandSender sender, DenialAudit denials,
      ErrorResponses errors) {
    this.clients = clients;
    this.requests = requests;
    this.users = users;
    this.userCodes = userCodes;
    this.commands = commands;
    this.sender = sender;
    this.denials = denials;
    this.errors = errors;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.read(exchange, read -> read.either(
        form -> clients.authenticate(exchange, form, Optional.of(GrantType.CIBA.value()),
            (client, registry) -> readRequest(exchange, form, client, registry)),
        refusal -> errors.refused(exchange, refusal)));
  }

  private void readRequest(Exchange exchange, Form form, RegisteredClient client, RegistrySnapshot registry) {
    // Before any user is looked for: who may not ask does not hear who exists.
    if (!client.client().mayUse(GrantType.CIBA)) {
      errors.refused(exchange, Refusal.of(TokenError.UNAUTHORIZED_CLIENT,
          "expected a grant type registered for the client, but found " + GrantType.CIBA));
      return;
    }
    requests.read(registry, exchange.tenant(), client, form, exchange.arrivedAt(), exchange.loop(),
        exchange.later(read -> read.either(
            parameters -> readParameters(exchange, parameters, client, registry),
            refusal -> refuse(exchange, client, registry, refusal))));
  }

  private void readParameters(
      Exchange exchange, RequestParameters parameters, RegisteredClient client, RegistrySnapshot registry) {
    exchange.spend(parameters.proofs());
    BackchannelParameters.read(parameters.form(), client.client().ciba()).either(
        asked -> users.find(registry, exchange.tenant(), client, asked.hint(), exchange.arrivedAt(), exchange.loop(),
            exchange.later(found -> found.either(
                subject -> proveUser(exchange, client, registry, asked, subject),
                refusal -> refuse(exchange, client, registry, refusal)))),
        refusal -> errors.refused(exchange, refusal));
  }

  private void proveUser(Exchange exchange, RegisteredClient client, RegistrySnapshot registry,
      BackchannelParameters asked, String subject) {
    userCodes.check(exchange.tenant() + "/" + client.id(), registry.subject(exchange.tenant(), subject),
        asked.userCode(), exchange.loop(), exchange.later(refusal -> refusal.ifPresentOrElse(
            why -> refuse(exchange, client, registry, why),
            () -> sendCommand(exchange, client, registry, commands.command(exchange.tenant(), subject, asked)))));
  }

  private void sendCommand(Exchange exchange, RegisteredClient client, RegistrySnapshot registry,
      BackchannelCommand command) {
    sender.send(exchange.origin(client.id(), registry.revision()), Optional.of(command.authorization()),
        command.body(), exchange.loop(), exchange.listener(
        reply -> answer(exchange, command, reply),
        why -> errors.refused(exchange, Unavailable.refusal(why, exchange.hasProofs(), true))));
  }

  private void answer(Exchange exchange, BackchannelCommand command, Reply reply) {
    reply.match(
        granted -> unexpected(exchange),
        denied -> errors.refused(exchange, Refusal.decided(denied.error(), denied.description())),
        code -> unexpected(exchange),
        created -> Responses.json(exchange, 200, new JsonText(192)
            .plainMember("auth_req_id", command.authReqId())
            .member("expires_in", created.expiresInSeconds())
            .member("interval", created.intervalSeconds())
            .end()),
        signed -> unexpected(exchange),
        done -> unexpected(exchange));
  }

  private void refuse(Exchange exchange, RegisteredClient client, RegistrySnapshot registry, Refusal refusal) {
    if (AUDITED.contains(refusal.error())) {
      denials.refused(exchange.tenant(), Optional.of(client.id()), Optional.of(GrantType.CIBA.value()), refusal,
          registry.revision());
    }
    errors.refused(exchange, refusal);
  }

  private void unexpected(Exchange exchange) {
    errors.refused(exchange, Refusal.of(TokenError.SERVER_ERROR,
        "expected a backchannel authentication as answer, but found another"));
  }
}
