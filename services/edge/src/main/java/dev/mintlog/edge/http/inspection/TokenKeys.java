package dev.mintlog.edge.http.inspection;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Confirmation;
import dev.mintlog.edge.dpop.DpopProof;
import dev.mintlog.edge.http.ClientCertificates;
import dev.mintlog.edge.http.DpopHeader;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.inspection.ShownToken.Scheme;
import dev.mintlog.edge.proof.client.ClientCertificate;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.edge.proof.token.AccessTokenVerifier;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.SenderPolicy;
import java.util.Optional;

/** Whether who shows an access token has the key that it is bound to: RFC 9449 §7, RFC 8705 §3. */
public final class TokenKeys {
  private final ClientCertificates certificates;
  private final DpopHeader proofs;

  public TokenKeys(ClientCertificates certificates, DpopHeader proofs) {
    this.certificates = certificates;
    this.proofs = proofs;
  }

  /** The scheme that the token is to be shown under, as far as it says so. */
  static Scheme schemeOf(AccessToken token, ShownToken shown) {
    boolean isForDpop = token.confirmation().filter(key -> key.method() == Confirmation.Method.JKT).isPresent();
    return isForDpop ? Scheme.DPOP : shown.scheme();
  }

  /** What is wrong, if anything. A proof that is right is to be spent with the request. */
  Optional<Refusal> check(Exchange exchange, RegistrySnapshot registry, AccessToken token, ShownToken shown) {
    if (!token.isBoundToAKey()) {
      return shown.scheme() == Scheme.DPOP
          ? invalid("expected the scheme Bearer, because the token is bound to no key, but found DPoP") : Optional.empty();
    }
    Optional<Confirmation> key = token.confirmation();
    if (key.isEmpty()) {
      return invalid("expected a token that is bound to a DPoP key or a certificate, but found another");
    }
    return key.get().method() == Confirmation.Method.JKT
        ? checkProof(exchange, registry, token, shown, key.get())
        : checkCertificate(exchange, shown, key.get());
  }

  private Optional<Refusal> checkProof(
      Exchange exchange, RegistrySnapshot registry, AccessToken token, ShownToken shown, Confirmation key) {
    // RFC 9449 §7.2: a protected resource that supports both schemes "MUST reject a DPoP-bound access token received as
    // a bearer token".
    if (shown.scheme() != Scheme.DPOP) {
      return invalid("expected the scheme DPoP, because the token is bound to a DPoP key, but found Bearer");
    }
    SenderPolicy.Dpop policy = registry.client(exchange.tenant(), token.clientId()).map(RegisteredClient::sender)
        .orElse(SenderPolicy.NONE).dpop();
    boolean needsNonce = DpopHeader.needsNonce(registry, exchange.tenant(), policy);
    if (needsNonce) {
      proofs.giveNonce(exchange);
    }
    return proofs.read(exchange, needsNonce, Optional.of(shown.text())).match(
        proof -> proof.map(found -> checkKey(exchange, found, key)).orElseGet(() -> Optional.of(Refusal.of(
            TokenError.INVALID_DPOP_PROOF, "expected a DPoP proof beside the token, but found none").withStatus(401))),
        refusal -> Optional.of(refusal.withStatus(401)));
  }

  // RFC 9449 §4.3: "confirm that the public key to which the access token is bound matches the public key from the DPoP
  // proof".
  private Optional<Refusal> checkKey(Exchange exchange, DpopProof proof, Confirmation key) {
    if (!proof.key().equals(key)) {
      return invalid("expected a DPoP proof by the key that the token is bound to, but found another key");
    }
    proofs.spend(exchange, proof);
    return Optional.empty();
  }

  // RFC 8705 §3: "the protected resource MUST obtain, from its TLS implementation layer, the client certificate used for
  // mutual TLS and MUST verify that the certificate matches the certificate associated with the access token."
  private Optional<Refusal> checkCertificate(Exchange exchange, ShownToken shown, Confirmation key) {
    if (shown.scheme() != Scheme.BEARER) {
      return invalid("expected the scheme Bearer, because the token is bound to a certificate, but found DPoP");
    }
    boolean isIts = certificates.of(exchange).match(
        found -> found.map(ClientCertificate::confirmation).filter(key::equals).isPresent(), refusal -> false);
    return isIts ? Optional.empty()
        : invalid("expected the client certificate that the token is bound to, but found another or none");
  }

  private static Optional<Refusal> invalid(String description) {
    return Optional.of(AccessTokenVerifier.invalidToken(description));
  }
}
