package dev.mintlog.edge.http;

import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.limit.ClientRateLimits;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.Circumstances;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The step that endpoints for clients share: authenticate and hold to the rate, or refuse and audit. */
public final class ClientExchange {
  private final Supplier<RegistrySnapshot> registry;
  private final ClientAuthenticator clients;
  private final ClientRateLimits limits;
  private final DenialAudit denials;
  private final ErrorResponses errors;
  private final PublicUrls urls;
  private final ClientCertificates certificates;

  public ClientExchange(Supplier<RegistrySnapshot> registry, ClientAuthenticator clients, ClientRateLimits limits,
      DenialAudit denials, ErrorResponses errors, PublicUrls urls,
      ClientCertificates certificates) {
    this.registry = registry;
    this.clients = clients;
    this.limits = limits;
    this.denials = denials;
    this.errors = errors;
    this.urls = urls;
    this.certificates = certificates;
  }

  /**
   * Finds out which client asks.
   *
   * @param grantType for the audit, where it is known
   * @param then called with the client and the registry it was found in, where it proved itself
   */
  public void authenticate(Exchange exchange, Form form, Optional<String> grantType,
      BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    RegistrySnapshot snapshot = registry.get();
    authenticate(exchange, form, grantType, snapshot, refusal -> errors.refused(exchange, refusal),
        authenticated -> admit(exchange, authenticated, snapshot, then));
  }

  /** The URLs that the endpoint has, without query: what an assertion may be for. */
  public Set<String> audiences(Exchange exchange) {
    return urls.audiences(exchange.tenant(), exchange.request().path());
  }

  /**
   * Holds a client to its rate. After the proof: who merely names a client must not use it up.
   *
   * @param then called where it may ask
   */
  public void admit(Exchange exchange, Authenticated authenticated, RegistrySnapshot snapshot,
      BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    RegisteredClient client = authenticated.client();
    CrossOrigin.keepFor(exchange, client);
    exchange.spend(authenticated.proofs());
    authenticated.assertionIssuer().ifPresent(exchange::vouchedForBy);
    limits.count(exchange.tenant(), client, exchange.address()).ifPresentOrElse(
        refusal -> errors.refused(exchange, refusal),
        () -> then.accept(client, snapshot));
  }

  /**
   * As {@link #authenticate}, for who asks about tokens: API resources count as clients, by their names and secrets, and
   * public clients do not, for they prove nothing. An assertion is to be spent before the answer is given.
   *
   * @param refused called where nobody proved anything
   */
  public void authenticateIntrospector(Exchange exchange, Form form, Consumer<Refusal> refused,
      BiConsumer<RegisteredClient, RegistrySnapshot> then) {
    RegistrySnapshot snapshot = registry.get();
    authenticate(exchange, form, Optional.empty(), snapshot.withApiResourcesAsClients(), refused, authenticated -> {
      RegisteredClient caller = authenticated.client();
      // RFC 7662 §2.1: "To prevent token scanning attacks, the endpoint MUST also require some form of authorization to
      // access this endpoint".
      if (caller.isPublic()) {
        refused.accept(Refusal.invalidClient("expected a confidential client or an API resource, but found a public client"));
      } else {
        exchange.spend(authenticated.proofs());
        then.accept(caller, snapshot);
      }
    });
  }

  private void authenticate(Exchange exchange, Form form, Optional<String> grantType, RegistrySnapshot snapshot,
      Consumer<Refusal> refused, Consumer<Authenticated> then) {
    if (exchange.repeatsAuthorization()) {
      refused.accept(Refusal.invalidRequest("expected at most one Authorization header, but found several"));
      return;
    }
    clients.authenticate(snapshot, exchange.tenant(), exchange.authorization(), form,
        new Circumstances(exchange.address(), () -> audiences(exchange), () -> certificates.of(exchange),
            exchange.arrivedAt(), exchange.loop()),
        exchange.later(found -> found.match(
            then,
            wrong -> {
              denials.refused(
                  exchange.tenant(), wrong.clientId(), grantType, wrong.refusal(), snapshot.revision());
              refused.accept(wrong.refusal());
            },
            notJudged -> refused.accept(notJudged.refusal()))));
  }
}
