package dev.mintlog.edge.http.token;

import dev.mintlog.edge.dpop.DpopProof;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.DpopHeader;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.proof.client.ClientCertificate;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.SenderPolicy;
import java.util.Optional;

/** The step that binds what a token request asks for to the key that its sender proved to have. */
public final class SenderConstraints {
  private final ClientCertificates certificates;
  private final DpopHeader proofs;

  public SenderConstraints(ClientCertificates certificates, DpopHeader proofs) {
    this.certificates = certificates;
    this.proofs = proofs;
  }

  /** Binds the exchange, or says why the request is refused. A proof counts before a certificate. */
  Optional<Refusal> bind(Exchange exchange, RegisteredClient client, RegistrySnapshot registry) {
    SenderPolicy.Dpop policy = client.sender().dpop();
    boolean needsNonce = DpopHeader.needsNonce(registry, exchange.tenant(), policy);
    if (needsNonce && (policy.required() || DpopHeader.isIn(exchange))) {
      proofs.giveNonce(exchange);
    }
    return proofs.read(exchange, needsNonce, Optional.empty())
        .match(proof -> proof.map(found -> bindToProof(exchange, found)).orElseGet(() -> bindOtherwise(exchange, client)),
            Optional::of);
  }

  private Optional<Refusal> bindToProof(Exchange exchange, DpopProof proof) {
    exchange.bind(proof.key());
    proofs.spend(exchange, proof);
    return Optional.empty();
  }

  private Optional<Refusal> bindOtherwise(Exchange exchange, RegisteredClient client) {
    if (client.sender().dpop().required()) {
      return Optional.of(Refusal.invalidRequest(
          "expected a DPoP proof, because the client's access tokens are bound to a key, but found none"));
    }
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
