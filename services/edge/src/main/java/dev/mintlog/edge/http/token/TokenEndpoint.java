package dev.mintlog.edge.http.token;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.GrantType;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.command.Origin;
import dev.mintlog.edge.command.TokenCommandSender;
import dev.mintlog.edge.command.grant.GrantCommand;
import dev.mintlog.edge.command.grant.GrantReaders;
import dev.mintlog.edge.command.grant.GrantReading;
import dev.mintlog.edge.command.grant.GrantRequest;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.Unavailable;
import dev.mintlog.edge.proof.grant.GrantAssertion;
import dev.mintlog.edge.reply.Reply;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.edge.surface.Asked;
import dev.mintlog.edge.surface.Surface;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;

/**
 * The token endpoint, RFC 6749 §3.2, step by step: read the form, authenticate the client, bind to its key, read the
 * grant, send the command, answer. A query string is ignored: clients in the field send one.
 */
public final class TokenEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.POST);

  private final Surface surface;
  private final ClientExchange clients;
  private final AssertedClients asserted;
  private final SenderConstraints senders;
  private final GrantReaders grants;
  private final TokenCommandSender sender;
  private final DenialAudit denials;
  private final TokenResponses responses;
  private final ErrorResponses errors;

  /**
   * @param surface what parameters mean here
   * @param responses for the clients of that surface; so {@code errors}
   */
  public TokenEndpoint(Surface surface, ClientExchange clients, AssertedClients asserted, SenderConstraints senders,
      GrantReaders grants, TokenCommandSender sender, DenialAudit denials, TokenResponses responses,
      ErrorResponses errors) {
    this.surface = surface;
    this.clients = clients;
    this.asserted = asserted;
    this.senders = senders;
    this.grants = grants;
    this.sender = sender;
    this.denials = denials;
    this.responses = responses;
    this.errors = errors;
  }

  // RFC 6749 §3.2: "The client MUST use the HTTP "POST" method when making access token requests."
  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void refuse(Exchange exchange, Refusal refusal) {
    errors.refused(exchange, refusal);
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.read(exchange, read -> read.either(
        form -> authenticateClient(exchange, form),
        refusal -> errors.refused(exchange, refusal)));
  }

  private void authenticateClient(Exchange exchange, Form form) {
    Optional<String> grantType =
        grants.type(form).match(type -> Optional.of(type.value()), refusal -> Optional.empty());
    if (asserted.isOne(exchange, form, grantType)) {
      asserted.authenticate(exchange, form, (assertion, registry) ->
          bindSender(exchange, form, assertion.client(), grantType, registry, Optional.of(assertion)));
    } else {
      clients.authenticate(exchange, form, grantType, (client, registry) ->
          bindSender(exchange, form, client, grantType, registry, Optional.empty()));
    }
  }

  private void bindSender(Exchange exchange, Form form, RegisteredClient client, Optional<String> grantType,
      RegistrySnapshot registry, Optional<GrantAssertion> assertion) {
    senders.bind(exchange, client, registry).ifPresentOrElse(
        refusal -> refuseSender(exchange, client, grantType, registry, refusal),
        () -> readGrant(exchange, form, client, registry, assertion));
  }

  // A proof that failed is for the audit; that a nonce is wanted is part of the protocol.
  private void refuseSender(Exchange exchange, RegisteredClient client, Optional<String> grantType,
      RegistrySnapshot registry, Refusal refusal) {
    if (refusal.error().equals(TokenError.INVALID_DPOP_PROOF.code())) {
      denials.refused(exchange.tenant(), Optional.of(client.id()), grantType, refusal, registry.revision());
    }
    errors.refused(exchange, refusal);
  }

  private void readGrant(Exchange exchange, Form form, RegisteredClient client, RegistrySnapshot registry,
      Optional<GrantAssertion> assertion) {
    GrantRequest request = new GrantRequest(registry, exchange.tenant(), client, form, exchange.address(),
        exchange.arrivedAt(), exchange.loop(), () -> clients.audiences(exchange), assertion, exchange.confirmation());
    grants.type(form).either(
        type -> surface.read(registry, exchange.tenant(), client, Optional.of(type), form).either(
            asked -> readGrant(exchange, request.asking(asked.form(), surface.tokenStyle()), new TokenGrant(type, asked)),
            refusal -> refuseGrant(exchange, request, type, new GrantReading.Refused(refusal, Optional.empty()))),
        refusal -> errors.refused(exchange, refusal));
  }

  private void readGrant(Exchange exchange, GrantRequest request, TokenGrant grant) {
    grants.read(grant.type(), request, exchange.later(reading -> reading.match(
        proved -> sendCommand(exchange, request, grant, proved.command()),
        refused -> refuseGrant(exchange, request, grant.type(), refused))));
  }

  /** The grant that is asked for, as the surface reads it. */
  private record TokenGrant(GrantType type, Asked asked) {}

  // A handle or verifier that is none is a proof that failed, and so is what an extension refuses: the audit hears of it
  // though no command came of it. Of requests that are malformed it does not, nor of what was not judged.
  private void refuseGrant(Exchange exchange, GrantRequest request, GrantType type, GrantReading.Refused refused) {
    Refusal refusal = refused.refusal();
    boolean judged = refusal.status() < 500 && !refusal.error().equals(TokenError.INVALID_REQUEST.code());
    if (judged || refused.usernameDigest().isPresent()) {
      denials.refused(exchange.tenant(), Optional.of(request.client().id()), Optional.of(type.value()),
          refused.usernameDigest(), refusal, request.registry().revision());
    }
    errors.refused(exchange, told(request, type, refusal));
  }

  private void sendCommand(Exchange exchange, GrantRequest request, TokenGrant grant, GrantCommand command) {
    exchange.spend(command.proofs());
    Origin origin = exchange.origin(request.client().id(), request.registry().revision());
    exchange.sent(sender.send(origin, command.authorization(), command.body(), exchange.loop(), exchange.listener(
        reply -> answer(exchange, request, grant, command, reply),
        why -> errors.refused(exchange,
            Unavailable.refusal(why, exchange.hasProofs(), grants.mayBeSentAgain(grant.type(), request.client().client()))))));
  }

  private void answer(Exchange exchange, GrantRequest request, TokenGrant grant, GrantCommand command, Reply reply) {
    reply.match(
        granted -> responses.granted(exchange, request, granted, command, grant.asked()),
        denied -> errors.refused(exchange, told(request, grant.type(),
            Refusal.decided(denied.error(), denied.description()))),
        code -> unexpected(exchange),
        device -> unexpected(exchange),
        signed -> unexpected(exchange),
        done -> unexpected(exchange));
  }

  private Refusal told(GrantRequest request, GrantType type, Refusal refusal) {
    return surface.told(
        request.registry().tenant(request.tenant()).orElseThrow(), request.client(), type, request.form(), refusal);
  }

  private void unexpected(Exchange exchange) {
    errors.refused(exchange,
        Refusal.of(TokenError.SERVER_ERROR, "expected tokens or a refusal as answer, but found another"));
  }
}
