package dev.mintlog.edge.http;

import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.proof.Authentication;
import dev.mintlog.edge.proof.ClientAuthenticator;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The step that endpoints for clients share: authenticate and hold to the rate, or refuse and audit. */
final class ClientExchange {
  private final Supplier<RegistrySnapshot> registry;
  private final ClientAuthenticator clients;
  private final ClientRateLimits limits;
  private final DenialAudit denials;
  private final TokenResponses responses;

  ClientExchange(Supplier<RegistrySnapshot> registry, ClientAuthenticator clients, ClientRateLimits limits,
      DenialAudit denials, TokenResponses responses) {
    this.registry = registry;
    this.clients = clients;
    this.limits = limits;
    this.denials = denials;
    this.responses = responses;
  }

  /**
   * Finds out which client asks.
   *
   * @param grantType for the audit, where it is known
   * @param then called with the client and the registry it was found in, where it proved itself
   */
  void authenticate(Exchange exchange, Form form, Optional<String> grantType,
      BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    if (exchange.repeatsAuthorization()) {
      responses.refused(exchange,
          Refusal.invalidRequest("expected at most one Authorization header, but found several"));
      return;
    }
    RegistrySnapshot snapshot = registry.get();
    clients.authenticate(snapshot, exchange.tenant(), exchange.authorization(), form, exchange.arrivedAt(),
        exchange.loop(), exchange.later(found -> found.match(
            authenticated -> admit(exchange, authenticated.client(), snapshot, then),
            refused -> refuse(exchange, refused, grantType, snapshot.revision()),
            notJudged -> responses.refused(exchange, notJudged.refusal()))));
  }

  // After the proof: who merely names a client must not use up its rate.
  private void admit(Exchange exchange, RegisteredClient client, RegistrySnapshot snapshot,
      BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    limits.count(exchange.tenant(), client, exchange.peerAddress()).ifPresentOrElse(
        refusal -> responses.refused(exchange, refusal),
        () -> then.accept(client, snapshot));
  }

  private void refuse(Exchange exchange, Authentication.Refused refused, Optional<String> grantType, long revision) {
    denials.refused(exchange.tenant(), refused.clientId(), grantType, refused.refusal(), revision);
    responses.refused(exchange, refused.refusal());
  }
}
