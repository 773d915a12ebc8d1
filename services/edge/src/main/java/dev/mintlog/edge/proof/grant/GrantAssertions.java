package dev.mintlog.edge.proof.grant;

import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.AssertionSignatures.Question;
import dev.mintlog.edge.assertion.KeySets.Verdict;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.AssertionIssuer;
import dev.mintlog.registry.client.RegisteredClient;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * JWTs as authorization grants, RFC 7523 §2.1 and §3: signed by the client itself, with the keys that it proves itself with,
 * or by an issuer that it is registered to trust for this. Thread-safe.
 */
public final class GrantAssertions {
  // Whether issuer, key or signature is wrong is nobody's business who cannot sign.
  private static final Refusal UNMATCHED = Refusal.invalidGrant("expected an assertion signed with a key that is "
      + "registered for the client its iss names, or by an issuer that the authenticated client may present assertions of, "
      + "but found no match");
  private static final Refusal KEYS_UNKNOWN =
      Refusal.tryAgain("expected to know the keys that the assertion may be signed with, but could not fetch them");

  private final AssertionSignatures signatures;
  private final ProofIds proofs;

  public GrantAssertions(AssertionSignatures signatures, ProofIds proofs) {
    this.signatures = signatures;
    this.proofs = proofs;
  }

  /**
   * Where and when an assertion is presented.
   *
   * @param audiences the URLs that the token endpoint has, without query
   * @param now what its times are compared with
   * @param loop where the outcome is told when it cannot be told at once
   */
  public record Presentation(
      RegistrySnapshot registry, String tenant, Set<String> audiences, Instant now, Executor loop) {}

  /** The enabled client that an assertion names as its maker; nothing of it is verified yet. */
  public static Optional<RegisteredClient> maker(RegistrySnapshot registry, String tenant, String text) {
    return Assertion.parseGrant(text).match(
        assertion -> registry.client(tenant, assertion.claims().issuer()), refusal -> Optional.empty());
  }

  /**
   * Judges an assertion.
   *
   * @param client who presents it, authenticated; empty where nobody is: then it has to be the maker's own
   * @param then called once, refused with {@code invalid_grant}; before this method returns, unless keys have to be fetched
   */
  public void judge(Presentation presented, Optional<RegisteredClient> client, String text,
      Consumer<Checked<GrantAssertion>> then) {
    Assertion.parseGrant(text).either(
        assertion -> judge(presented, client, assertion, then),
        refusal -> then.accept(Checked.refused(refusal)));
  }

  private void judge(Presentation presented, Optional<RegisteredClient> client, Assertion assertion,
      Consumer<Checked<GrantAssertion>> then) {
    Question question = new Question(
        presented.registry(), presented.tenant(), assertion, presented.now(), presented.loop());
    // RFC 7523 §3: "The JWT MUST contain an "iss" (issuer) claim that contains a unique identifier for the entity that
    // issued the JWT."
    String maker = assertion.claims().issuer();
    Optional<RegisteredClient> self = client.isPresent() ? client.filter(found -> found.id().equals(maker))
        : presented.registry().client(presented.tenant(), maker).filter(found -> found.client().enabled());
    Optional<AssertionIssuer> issuer = client.flatMap(found -> found.grantAssertions().issuer(maker));
    if (self.isPresent()) {
      signatures.ofClient(question, self.get(),
          verdict -> then.accept(signed(verdict, () -> bySelf(presented, assertion.claims(), self.get()))));
    } else if (issuer.isPresent()) {
      signatures.ofIssuer(question, issuer.get(), verdict -> then.accept(
          signed(verdict, () -> byIssuer(presented, assertion.claims(), client.get(), issuer.get()))));
    } else {
      then.accept(Checked.refused(UNMATCHED));
    }
  }

  // RFC 7523 §3: "The JWT MUST be digitally signed or have a Message Authentication Code (MAC) applied by the issuer. The
  // authorization server MUST reject JWTs with an invalid signature or MAC."
  private static Checked<GrantAssertion> signed(
      Verdict verdict, Supplier<Checked<GrantAssertion>> rest) {
    return switch (verdict) {
      case SIGNED -> rest.get();
      case NOT_SIGNED -> Checked.refused(UNMATCHED);
      case NOT_KNOWN -> Checked.refused(KEYS_UNKNOWN);
    };
  }

  private Checked<GrantAssertion> bySelf(Presentation presented, AssertionClaims claims, RegisteredClient client) {
    Set<String> names = client.assertions().issuerOnly() ? Set.of(issuer(presented)) : names(presented);
    return GrantAssertionChecks.check(claims, names, presented.now()).then(checked ->
        GrantAssertionSubjects.ofOwn(presented, client, claims.subject()).then(user -> Checked.accepted(
            // What a client signs is an assertion of either kind: who saw one used must not use it as the other.
            new GrantAssertion(client, user, Optional.empty(), proofs.claims(ProofKind.JWT_BEARER,
                ProofKind.CLIENT_ASSERTION, presented.tenant(), client.id(), claims.jti().orElseThrow(),
                claims.madeAt(), claims.acceptedUntil())))));
  }

  private Checked<GrantAssertion> byIssuer(Presentation presented, AssertionClaims claims, RegisteredClient client,
      AssertionIssuer issuer) {
    Set<String> names = issuer.audiences().isEmpty() ? names(presented) : issuer.audiences();
    return GrantAssertionChecks.check(claims, names, presented.now()).then(checked ->
        GrantAssertionSubjects.ofIssuer(presented, issuer, claims.subject()).then(user -> Checked.accepted(
            new GrantAssertion(client, Optional.of(user), Optional.of(issuer.issuer()),
                proofs.claims(ProofKind.JWT_BEARER, presented.tenant(), issuer.issuer(), claims.jti().orElseThrow(),
                    claims.madeAt(), claims.acceptedUntil())))));
  }

  private static Set<String> names(Presentation presented) {
    Set<String> names = new HashSet<>(presented.audiences());
    names.add(issuer(presented));
    return names;
  }

  private static String issuer(Presentation presented) {
    return presented.registry().tenant(presented.tenant()).orElseThrow().issuer();
  }
}
