package dev.mintlog.edge.http.token;

import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.ProofClaim;
import dev.mintlog.authorization.ProofKind;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.dpop.DpopProof;
import dev.mintlog.edge.dpop.DpopProofs;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.proof.ClientCertificate;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.SenderPolicy;
import java.util.List;
import java.util.Optional;

/** The step that binds what a token request asks for to the key that its sender proved to have. */
public final class SenderConstraints {
  private static final String PROOF = "DPoP";
  private static final String NONCE = "DPoP-Nonce";

  private final ClientCertificates certificates;
  private final DpopProofs proofs;
  private final DpopNonces nonces;
  private final ProofIds proofIds;
  private final PublicUrls urls;

  public SenderConstraints(ClientCertificates certificates, DpopNonces nonces, ProofIds proofIds, PublicUrls urls) {
    this.certificates = certificates;
    this.proofs = new DpopProofs(nonces);
    this.nonces = nonces;
    this.proofIds = proofIds;
    this.urls = urls;
  }

  /** Binds the exchange, or says why the request is refused. A proof counts before a certificate. */
  Optional<Refusal> bind(Exchange exchange, RegisteredClient client, RegistrySnapshot registry) {
    SenderPolicy.Dpop policy = client.sender().dpop();
    boolean needsNonce = policy.nonce()
        || registry.tenant(exchange.tenant()).map(Tenant::policy).filter(tenant -> tenant.dpopNonce()).isPresent();
    List<String> headers = exchange.request().headers().getAll(PROOF);
    if (needsNonce && (policy.required() || !headers.isEmpty())) {
      // RFC 9449 §8.2: with each answer, so that the one in the client's hand is always a young one.
      exchange.response().putHeader(NONCE, nonces.at(exchange.tenant(), exchange.arrivedAt()));
    }
    // RFC 9449 §4.3: "There is not more than one DPoP HTTP request header field."
    if (headers.size() > 1) {
      return Optional.of(Refusal.of(TokenError.INVALID_DPOP_PROOF,
          "expected one DPoP header, but found " + headers.size()));
    }
    if (!headers.isEmpty()) {
      return bindToProof(exchange, headers.get(0), needsNonce);
    }
    if (policy.required()) {
      return Optional.of(Refusal.invalidRequest(
          "expected a DPoP proof, because the client's access tokens are bound to a key, but found none"));
    }
    return client.sender().certificate().bindsAccessTokens() ? bindToCertificate(exchange) : Optional.empty();
  }

  private Optional<Refusal> bindToProof(Exchange exchange, String header, boolean needsNonce) {
    DpopProofs.Expected expected = new DpopProofs.Expected(exchange.tenant(), exchange.request().method().name(),
        urls.asAddressed(exchange.request().path()), needsNonce);
    return proofs.verify(header.trim(), expected, exchange.arrivedAt()).match(proof -> {
      exchange.bind(proof.key());
      exchange.spend(spent(exchange.tenant(), proof));
      return Optional.empty();
    }, Optional::of);
  }

  // RFC 9449 §11.1: "servers can store, in the context of the target URI, the jti value of each DPoP proof for the time
  // window in which the respective DPoP proof JWT would be accepted"; the processors do, for all edges.
  private List<ProofClaim> spent(String tenant, DpopProof proof) {
    return proofIds.claims(
        ProofKind.DPOP, tenant, proof.key().thumbprint(), proof.jti(), proof.issuedAt(), proof.acceptedUntil());
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
