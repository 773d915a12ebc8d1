package dev.mintlog.edge.http.token;

import dev.mintlog.client.GrantType;
import dev.mintlog.edge.audit.DenialAudit;
import dev.mintlog.edge.http.ClientExchange;
import dev.mintlog.edge.http.ErrorResponses;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.ClientAuthenticator;
import dev.mintlog.edge.proof.grant.GrantAssertion;
import dev.mintlog.edge.proof.grant.GrantAssertions;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Clients whom nothing proves but their authorization grant: an assertion that they signed. RFC 7523 §3.1: "JWT
 * authorization grants may be used with or without client authentication or identification."
 */
public final class AssertedClients {
  private final Supplier<RegistrySnapshot> registry;
  private final GrantAssertions assertions;
  private final ClientExchange clients;
  private final DenialAudit denials;
  private final ErrorResponses errors;

  public AssertedClients(Supplier<RegistrySnapshot> registry, GrantAssertions assertions, ClientExchange clients,
      DenialAudit denials, ErrorResponses errors) {
    this.registry = registry;
    this.assertions = assertions;
    this.clients = clients;
    this.denials = denials;
    this.errors = errors;
  }

  /** Whether the assertion has to prove the client: where a client is named, it is the one that signed. */
  boolean isOne(Exchange exchange, Form form, Optional<String> grantType) {
    boolean isAlone = grantType.filter(GrantType.JWT_BEARER.value()::equals).isPresent()
        && form.find("requested_token_use").isEmpty() && exchange.authorization().isEmpty()
        && !form.has("client_secret") && !ClientAuthenticator.isByAssertion(form);
    Optional<String> named = form.find("client_id");
    return isAlone && form.find("assertion").filter(
        text -> named.isEmpty() || named.equals(maker(exchange, text, registry.get()))).isPresent();
  }

  /**
   * Finds out which client asks.
   *
   * @param then called with the grant and the registry its client was found in; what it spends is not spent yet
   */
  void authenticate(Exchange exchange, Form form, BiConsumer<GrantAssertion, RegistrySnapshot> then) {
    RegistrySnapshot snapshot = registry.get();
    String text = form.find("assertion").orElseThrow();
    GrantAssertions.Presentation presented = new GrantAssertions.Presentation(
        snapshot, exchange.tenant(), clients.audiences(exchange), exchange.arrivedAt(), exchange.loop());
    assertions.judge(presented, Optional.empty(), text, exchange.later(judged -> judged.either(
        assertion -> clients.admit(exchange, new Authenticated(assertion.client()), snapshot,
            (client, found) -> then.accept(assertion, found)),
        refusal -> refuse(exchange, text, snapshot, refusal))));
  }

  // What was not judged is no refused proof.
  private void refuse(Exchange exchange, String text, RegistrySnapshot snapshot, Refusal refusal) {
    if (refusal.status() < 500) {
      denials.refused(exchange.tenant(), maker(exchange, text, snapshot), Optional.of(GrantType.JWT_BEARER.value()),
          refusal, snapshot.revision());
    }
    errors.refused(exchange, refusal);
  }

  private static Optional<String> maker(Exchange exchange, String text, RegistrySnapshot snapshot) {
    return GrantAssertions.maker(snapshot, exchange.tenant(), text).map(RegisteredClient::id);
  }
}
