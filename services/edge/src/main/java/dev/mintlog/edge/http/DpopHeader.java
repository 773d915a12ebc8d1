package dev.mintlog.edge.http;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.dpop.DpopNonces;
import dev.mintlog.edge.dpop.DpopProof;
import dev.mintlog.edge.dpop.DpopProofs;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.SenderPolicy;
import java.util.List;
import java.util.Optional;

/** The DPoP proof of a request and the nonce of its answer, RFC 9449 §4.1 and §8. */
public final class DpopHeader {
  private static final String PROOF = "DPoP";
  private static final String NONCE = "DPoP-Nonce";

  private final DpopProofs proofs;
  private final DpopNonces nonces;
  private final ProofIds proofIds;
  private final PublicUrls urls;

  public DpopHeader(DpopNonces nonces, ProofIds proofIds, PublicUrls urls) {
    this.proofs = new DpopProofs(nonces);
    this.nonces = nonces;
    this.proofIds = proofIds;
    this.urls = urls;
  }

  /** Whether proofs of a client must have a nonce of ours: the client's policy says so, or its tenant's. */
  public static boolean needsNonce(RegistrySnapshot registry, String tenant, SenderPolicy.Dpop client) {
    return client.nonce()
        || registry.tenant(tenant).map(Tenant::policy).filter(policy -> policy.dpopNonce()).isPresent();
  }

  /** Whether the request has a proof, or several. */
  public static boolean isIn(Exchange exchange) {
    return exchange.request().headers().contains(PROOF);
  }

  /** RFC 9449 §8.2: with each answer, so that the one in the client's hand is always a young one. */
  public void giveNonce(Exchange exchange) {
    exchange.response().putHeader(NONCE, nonces.at(exchange.tenant(), exchange.arrivedAt()));
  }

  /**
   * The proof of the request, verified; it is to be spent with the request. Empty where there is none.
   *
   * @param accessToken that came beside it, where one did
   */
  public Checked<Optional<DpopProof>> read(Exchange exchange, boolean needsNonce, Optional<String> accessToken) {
    List<String> headers = exchange.request().headers().getAll(PROOF);
    // RFC 9449 §4.3: "There is not more than one DPoP HTTP request header field."
    if (headers.size() > 1) {
      return Checked.refused(Refusal.of(TokenError.INVALID_DPOP_PROOF,
          "expected one DPoP header, but found " + headers.size()));
    }
    if (headers.isEmpty()) {
      return Checked.accepted(Optional.empty());
    }
    DpopProofs.Expected expected = new DpopProofs.Expected(exchange.tenant(), exchange.request().method().name(),
        urls.asAddressed(exchange.request().path()), needsNonce, accessToken);
    return proofs.verify(headers.get(0).trim(), expected, exchange.arrivedAt())
        .then(proof -> Checked.accepted(Optional.of(proof)));
  }

  /**
   * RFC 9449 §11.1: "servers can store, in the context of the target URI, the jti value of each DPoP proof for the time
   * window in which the respective DPoP proof JWT would be accepted"; the processors do, for all edges.
   */
  public void spend(Exchange exchange, DpopProof proof) {
    exchange.spend(proofIds.claims(ProofKind.DPOP, exchange.tenant(), proof.key().thumbprint(), proof.jti(),
        proof.issuedAt(), proof.acceptedUntil()));
  }
}
