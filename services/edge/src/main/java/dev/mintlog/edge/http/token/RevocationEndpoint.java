package dev.mintlog.edge.http.token;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.authorization.RevocationCommand;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.CommandReplies;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.http.inspection.PresentedTokens;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/**
 * The revocation endpoint, RFC 7009 §2: a token ends together with the authorization it was born of. It answers after
 * commit and event; an introspection that begins after the answer finds the token inactive on every edge.
 */
public final class RevocationEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final ClientExchange clients;
  private final PresentedTokens tokens;
  private final TokenCommandSender sender;
  private final ErrorResponses errors;

  public RevocationEndpoint(ClientExchange clients, PresentedTokens tokens, TokenCommandSender sender,
      ErrorResponses errors) {
    this.clients = clients;
    this.tokens = tokens;
    this.sender = sender;
    this.errors = errors;
  }

  // RFC 7009 §2.1: "The client constructs the request by including the following parameters using the
  // "application/x-www-form-urlencoded" format in the HTTP request entity-body".
  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.readNothingElse(exchange, read -> read.either(
        form -> clients.authenticate(exchange, form, Optional.empty(),
            (client, registry) -> readToken(exchange, form, client, registry)),
        refusal -> errors.refused(exchange, refusal)));
  }

  private void readToken(Exchange exchange, Form form, RegisteredClient client, RegistrySnapshot registry) {
    long revision = registry.revision();
    tokens.read(registry, exchange.tenant(), form, exchange.arrivedAt()).either(
        token -> token.match(
            access -> revokeAccess(exchange, client, revision, access.token()),
            reference -> revoke(exchange, client, revision, reference.authorization()),
            refresh -> revoke(exchange, client, revision, refresh.authorization()),
            // RFC 7009 §2.2: "invalid tokens do not cause an error response".
            unknown -> Responses.empty(exchange)),
        refusal -> errors.refused(exchange, refusal));
  }

  private void revokeAccess(Exchange exchange, RegisteredClient client, long revision, AccessToken token) {
    if (!token.clientId().equals(client.id())) {
      Responses.empty(exchange);
    } else if (token.authorization().isEmpty() || token.isExchanged()) {
      // RFC 7009 §2.2.1: "unsupported_token_type: The authorization server does not support the revocation of the
      // presented token type. That is, the client tried to revoke an access token on a server not supporting this
      // feature." 200 would say that it has ended.
      errors.refused(exchange, new Refusal(400, "unsupported_token_type",
          "expected a token that was issued on an authorization of this client, but found one of client_credentials or"
              + " of an exchange: it ends when it expires, or with the token it was given for", 0));
    } else {
      revoke(exchange, client, revision, token.authorization().get());
    }
  }

  private void revoke(Exchange exchange, RegisteredClient client, long revision, AuthorizationId authorization) {
    sender.send(exchange.origin(client.id(), revision),
        Optional.of(authorization), RevocationCommand.of(authorization), exchange.loop(),
        CommandReplies.listener(exchange, Reply.Done.class, done -> Responses.empty(exchange)));
  }
}
