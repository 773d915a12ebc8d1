package dev.mintlog.edge.proof.client;

import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySets.Verdict;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.Authentication.NotJudged;
import dev.mintlog.edge.proof.client.Authentication.Refused;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.TrustedIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code private_key_jwt} and {@code client_secret_jwt}: a client proves itself with a JWT that it signed, RFC 7523 §2.2
 * and OpenID Connect Core §9, or with one of an issuer that it is registered to trust. Thread-safe.
 */
public final class ClientAssertions {
  /** {@code client_assertion_type}, RFC 7523 §2.2. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  static final List<String> METHODS = List.of("private_key_jwt", "client_secret_jwt");

  // Whether client, key or signature is wrong is nobody's business who cannot sign.
  private static final Refusal UNMATCHED = Refusal.invalidClient("expected an assertion signed with a key that is "
      + "registered for the client its sub names, or by an issuer that the client of client_id trusts, but found no match");
  private static final Refusal KEYS_UNKNOWN =
      Refusal.tryAgain("expected to know the keys that the assertion may be signed with, but could not fetch them");

  private final AssertionSignatures signatures;
  private final ProofIds proofs;

  public ClientAssertions(AssertionSignatures signatures, ProofIds proofs) {
    this.signatures = signatures;
    this.proofs = proofs;
  }

  /** Whether the request has an assertion, or says that it has. */
  static boolean isUsed(Form form) {
    return form.has("client_assertion") || form.has("client_assertion_type");
  }

  /**
   * Judges the request's assertion.
   *
   * @param authorization the Authorization header
   * @param audiences the URLs that the endpoint has, without query
   * @param now what its times are compared with
   * @param loop where {@code then} is called when it cannot be called at once
   * @param then called once; before this method returns, unless keys have to be fetched
   */
  void judge(RegistrySnapshot registry, String tenant, Optional<String> authorization, Form form,
      Set<String> audiences, Instant now, Executor loop, Consumer<Authentication> then) {
    // RFC 6749 §2.3: "The client MUST NOT use more than one authentication method in each request."
    if (authorization.isPresent() || form.has("client_secret")) {
      then.accept(new NotJudged(Refusal.invalidRequest(
          "expected one client authentication method, but found a client assertion and another")));
      return;
    }
    if (!form.find("client_assertion_type").filter(TYPE::equals).isPresent() || !form.has("client_assertion")) {
      then.accept(new NotJudged(Refusal.invalidClient(
          "expected client_assertion with client_assertion_type " + TYPE + ", but found one alone or another type")));
      return;
    }
    Optional<String> clientId = form.find("client_id");
    Assertion.parse(form.find("client_assertion").get()).either(
        assertion -> new Judgement(registry, tenant, assertion, clientId, audiences, now, loop, then).begin(),
        refusal -> then.accept(
            new Refused(refusal, clientId.filter(id -> registry.client(tenant, id).isPresent()))));
  }

  /** One assertion being judged. */
  private final class Judgement {
    private final RegistrySnapshot registry;
    private final String tenant;
    private final Assertion assertion;
    private final AssertionClaims claims;
    private final Optional<String> clientId;
    private final Set<String> audiences;
    private final Instant now;
    private final Executor loop;
    private final Consumer<Authentication> then;

    Judgement(RegistrySnapshot registry, String tenant, Assertion assertion, Optional<String> clientId,
        Set<String> audiences, Instant now, Executor loop, Consumer<Authentication> then) {
      this.registry = registry;
      this.tenant = tenant;
      this.assertion = assertion;
      this.claims = assertion.claims();
      this.clientId = clientId;
      this.audiences = audiences;
      this.now = now;
      this.loop = loop;
      this.then = then;
    }

    void begin() {
      // RFC 7523 §3: for client authentication both iss and sub are the client_id, where the client signs itself.
      if (claims.issuer().equals(claims.subject())) {
        Optional<RegisteredClient> named = registry.client(tenant, claims.subject());
        named.filter(found -> found.client().enabled()).ifPresentOrElse(this::bySelf, () -> unmatched(named));
      } else {
        Optional<RegisteredClient> named = clientId.flatMap(id -> registry.client(tenant, id));
        named.filter(found -> found.client().enabled()).ifPresentOrElse(this::byIssuer, () -> unmatched(named));
      }
    }

    private void bySelf(RegisteredClient client) {
      signatures.ofClient(question(), client,
          signed(client, () -> end(client, () -> wrong(client), () -> spent(client))));
    }

    // RFC 7521 §4.2 leaves open who issues: an issuer, a subject and an audience that were registered for the client.
    private void byIssuer(RegisteredClient client) {
      Optional<TrustedIssuer> trusted = client.assertions().trusted().stream().filter(this::isBy).findFirst();
      if (trusted.isPresent()) {
        // Its platform gives a workload one token for many requests, so it is not spent.
        signatures.ofPublisher(question(), trusted.get().jwksUri(), Set.of(),
            signed(client, () -> end(client, () -> claims.untimely(now),
                () -> new Authenticated(client, List.of(), Optional.of(claims.issuer())))));
      } else {
        unmatched(Optional.of(client));
      }
    }

    // One audience alone: it is not spent, so each of several could present it to the others.
    private boolean isBy(TrustedIssuer trusted) {
      return trusted.issuer().equals(claims.issuer()) && trusted.subject().equals(claims.subject())
          && claims.audiences().size() == 1 && claims.audiences().contains(trusted.audience());
    }

    private AssertionSignatures.Question question() {
      return new AssertionSignatures.Question(registry, tenant, assertion, now, loop);
    }

    private Consumer<Verdict> signed(RegisteredClient client, Runnable signed) {
      return verdict -> {
        switch (verdict) {
          case SIGNED -> signed.run();
          case NOT_SIGNED -> unmatched(Optional.of(client));
          case NOT_KNOWN -> then.accept(new NotJudged(KEYS_UNKNOWN));
        }
      };
    }

    private void unmatched(Optional<RegisteredClient> named) {
      then.accept(new Refused(UNMATCHED, named.map(RegisteredClient::id)));
    }

    private void end(RegisteredClient client, Supplier<Optional<Refusal>> wrong, Supplier<Authenticated> proved) {
      then.accept(wrong.get().<Authentication>map(refusal -> new Refused(refusal, Optional.of(client.id())))
          .orElseGet(proved));
    }

    private Optional<Refusal> wrong(RegisteredClient client) {
      // RFC 7521 §4.2: "The client_id parameter […] MUST identify the same client as is identified by the client
      // assertion."
      if (clientId.isPresent() && !clientId.get().equals(client.id())) {
        return Optional.of(
            Refusal.invalidClient("expected the client_id that the assertion's sub names, but found another"));
      }
      String issuer = registry.tenant(tenant).orElseThrow().issuer();
      if (!isForUs(client.assertions().issuerOnly(), issuer)) {
        return Optional.of(Refusal.invalidClient("expected " + (client.assertions().issuerOnly()
            ? "this issuer, " + issuer + ", as the only aud of the assertion, but found another"
            : "the URL of this endpoint or the issuer, " + issuer + ", as aud of the assertion, but found another")));
      }
      // OpenID Connect Core §9: jti is REQUIRED, and "These tokens MUST only be used once".
      if (claims.jti().isEmpty()) {
        return Optional.of(Refusal.invalidClient("expected a jti in the assertion, but found none"));
      }
      return claims.untimely(now).or(() -> claims.livesTooLong(now));
    }

    private boolean isForUs(boolean issuerOnly, String issuer) {
      return issuerOnly ? claims.audiences().equals(List.of(issuer))
          : claims.isFor(audiences) || claims.isFor(Set.of(issuer));
    }

    private Authenticated spent(RegisteredClient client) {
      return new Authenticated(client, proofs.claims(ProofKind.CLIENT_ASSERTION, tenant, client.id(),
          claims.jti().orElseThrow(), claims.madeAt(), claims.acceptedUntil()));
    }
  }
}
