package dev.mintlog.edge.http;

import dev.mintlog.edge.proof.ClientCertificate;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import java.util.Optional;

/** The step that binds what a token request asks for to the key that its sender proved to have. */
final class SenderConstraints {
  private final ClientCertificates certificates;

  SenderConstraints(ClientCertificates certificates) {
    this.certificates = certificates;
  }

  /** Binds the exchange, or says why the request is refused. */
  Optional<Refusal> bind(Exchange exchange, RegisteredClient client) {
    return client.sender().certificate().bindsAccessTokens() ? bindToCertificate(exchange) : Optional.empty();
  }

  // RFC 8705 §3: the token is bound to "the client certificate" of "the mutual-TLS connection to the token endpoint".
  private Optional<Refusal> bindToCertificate(Exchange exchange) {
    return certificates.of(exchange).match(found -> {
      found.map(ClientCertificate::confirmation).ifPresent(exchange::bind);
      return found.isPresent() ? Optional.empty() : Optional.of(Refusal.invalidRequest(
          "expected a client certificate, because the client's access tokens are bound to one, but found none"));
    }, Optional::of);
  }
}
