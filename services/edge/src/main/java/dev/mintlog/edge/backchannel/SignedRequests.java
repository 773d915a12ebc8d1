package dev.mintlog.edge.backchannel;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.JwtKind;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.AssertionAlgorithms;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Backchannel authentication requests that are JWTs, OpenID CIBA Core §7.1.1: who signed them, and what they ask.
 * Thread-safe.
 */
public final class SignedRequests {
  /** JWS algorithms of requests; which of them a client uses, its registration says. */
  public static final List<String> ALGORITHMS = AssertionAlgorithms.SIGNATURES;

  private static final String REQUEST = "request";
  private static final Refusal UNSIGNED = refusal(
      "Invalid JWT request: expected a signature by a registered key of the client, with its registered algorithm");
  private static final Refusal KEYS_UNKNOWN =
      Refusal.tryAgain("expected to know the keys that the request may be signed with, but could not fetch them");

  private final AssertionSignatures signatures;
  private final ProofIds proofs;

  public SignedRequests(AssertionSignatures signatures, ProofIds proofs) {
    this.signatures = signatures;
    this.proofs = proofs;
  }

  /**
   * Reads the parameters of a request.
   *
   * @param now what the JWT's times are compared with
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once; before this method returns, unless keys have to be fetched
   */
  public void read(RegistrySnapshot registry, String tenant, RegisteredClient client, Form form, Instant now,
      Executor loop, Consumer<Checked<RequestParameters>> then) {
    Optional<String> request = form.find(REQUEST);
    if (request.isEmpty()) {
      then.accept(client.backchannel().requiresSigned()
          ? Checked.refused(Refusal.invalidRequest(
              "expected a signed request in the parameter request, because the client is registered for it, but found none"))
          : Checked.accepted(new RequestParameters(form, List.of())));
      return;
    }
    // OpenID CIBA Core §4, backchannel_authentication_request_signing_alg: "When omitted, the Client will not send signed
    // authentication requests."
    Optional<String> algorithm = client.backchannel().signingAlgorithm();
    if (algorithm.isEmpty()) {
      then.accept(Checked.refused(Refusal.invalidRequest(
          "expected the parameters themselves, because the client is not registered for signed requests, but found request")));
      return;
    }
    // OpenID CIBA Core §7.1.1: "authentication request parameters MUST NOT be present outside of the JWT".
    if (BackchannelParameters.NAMES.stream().anyMatch(form::has)) {
      then.accept(Checked.refused(refusal("Parameter from JWT request object also found in request body")));
      return;
    }
    String issuer = registry.tenant(tenant).orElseThrow().issuer();
    Assertion.parse(request.get(), JwtKind.REQUEST_OBJECT).either(
        parsed -> verify(registry, tenant, client, parsed, algorithm.get(), now, loop, signed -> then.accept(
            signed.then(good -> judge(good, client, issuer, now)).then(SignedRequestClaims::form)
                .then(asked -> Checked.accepted(new RequestParameters(asked, spent(tenant, client, parsed.claims())))))),
        refusal -> then.accept(Checked.refused(refusal)));
  }

  private void verify(RegistrySnapshot registry, String tenant, RegisteredClient client, Assertion request,
      String algorithm, Instant now, Executor loop, Consumer<Checked<Assertion>> then) {
    // RFC 8725 §3.1: the registration says which algorithm counts, never the header. It is an asymmetric one, so that no
    // public key serves as the secret of a MAC.
    if (!ALGORITHMS.contains(algorithm) || !request.algorithm().equals(algorithm)) {
      then.accept(Checked.refused(UNSIGNED));
      return;
    }
    signatures.ofClient(new AssertionSignatures.Question(registry, tenant, request, now, loop), client,
        verdict -> then.accept(switch (verdict) {
          case SIGNED -> Checked.accepted(request);
          case NOT_SIGNED -> Checked.refused(UNSIGNED);
          case NOT_KNOWN -> Checked.refused(KEYS_UNKNOWN);
        }));
  }

  // OpenID CIBA Core §7.1.1: the JWT has "aud", "iss", "exp", "iat", "nbf" and "jti".
  private static Checked<Assertion> judge(Assertion request, RegisteredClient client, String issuer, Instant now) {
    AssertionClaims claims = request.claims();
    // "iss: The Issuer claim MUST be the client_id of the OAuth Client."
    if (!claims.issuer().equals(client.id())) {
      return Checked.refused(refusal("Invalid client_id in JWT request: expected the client's as iss, but found another"));
    }
    if (request.members().has("client_id") && !client.id().equals(request.members().get("client_id").textValue())) {
      return Checked.refused(refusal("Invalid client_id in JWT request: expected the client's, but found another"));
    }
    // RFC 9101 §10.8: a request object is not mistaken for a client assertion where its sub is not the client_id.
    if (claims.subject().equals(client.id())) {
      return Checked.refused(refusal("Invalid JWT request: expected no sub, or another than the client's id"));
    }
    // "aud: The Audience claim MUST contain the value of the Issuer Identifier for the OP".
    if (!claims.audiences().contains(issuer)) {
      return Checked.refused(refusal("Invalid JWT request: expected this issuer, " + issuer + ", in aud"));
    }
    if (claims.issuedAt().isEmpty() || claims.notBefore().isEmpty()) {
      return Checked.refused(refusal("Invalid JWT request: expected iat and nbf, but one is missing"));
    }
    if (claims.jti().isEmpty()) {
      return Checked.refused(refusal("Missing jti in JWT request object"));
    }
    return claims.untimely(now).or(() -> claims.livesTooLong(now))
        .<Checked<Assertion>>map(Checked::refused).orElseGet(() -> Checked.accepted(request));
  }

  private List<ProofClaim> spent(String tenant, RegisteredClient client, AssertionClaims claims) {
    // Who saw one used must not use it as another thing that the client signs.
    return proofs.claims(ProofKind.REQUEST_OBJECT, ProofKind.CLIENT_ASSERTION, tenant, client.id(),
        claims.jti().orElseThrow(), claims.madeAt(), claims.acceptedUntil());
  }

  static Refusal refusal(String description) {
    return Refusal.of(TokenError.INVALID_REQUEST_OBJECT, description);
  }
}
