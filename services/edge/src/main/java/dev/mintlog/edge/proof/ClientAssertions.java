package dev.mintlog.edge.proof;

import dev.mintlog.authorization.ProofKind;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.ClientKeys;
import dev.mintlog.edge.proof.Authentication;
import dev.mintlog.edge.proof.Authentication.Authenticated;
import dev.mintlog.edge.proof.Authentication.NotJudged;
import dev.mintlog.edge.proof.Authentication.Refused;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegisteredClient;
import dev.mintlog.registry.RegistrySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code private_key_jwt} and {@code client_secret_jwt}: a client proves itself with a JWT that it signed, RFC 7523 §2.2
 * and OpenID Connect Core §9. Thread-safe.
 */
public final class ClientAssertions {
  /** {@code client_assertion_type}, RFC 7523 §2.2. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  static final List<String> METHODS = List.of("private_key_jwt", "client_secret_jwt");
  static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
      "ES256", "ES384", "ES512", "EdDSA", "HS256", "HS384", "HS512");

  // Whether client, key or signature is wrong is nobody's business who cannot sign.
  private static final Refusal UNMATCHED = Refusal.invalidClient(
      "expected an assertion signed with a key that is registered for the client its sub names, but found no match");

  private final ClientKeys keys;
  private final ProofIds proofs;

  /** @param channel the channel secret */
  public ClientAssertions(SecretRing channel) {
    this.keys = new ClientKeys(channel);
    this.proofs = new ProofIds(channel);
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
   */
  Authentication judge(RegistrySnapshot registry, String tenant, Optional<String> authorization,
      Form form, Set<String> audiences, Instant now) {
    // RFC 6749 §2.3: "The client MUST NOT use more than one authentication method in each request."
    if (authorization.isPresent() || form.has("client_secret")) {
      return new NotJudged(Refusal.invalidRequest(
          "expected one client authentication method, but found a client assertion and another"));
    }
    if (!form.find("client_assertion_type").filter(TYPE::equals).isPresent() || !form.has("client_assertion")) {
      return new NotJudged(Refusal.invalidClient(
          "expected client_assertion with client_assertion_type " + TYPE + ", but found one alone or another type"));
    }
    return Assertion.parse(form.find("client_assertion").get()).match(
        assertion -> judge(registry, tenant, assertion, form.find("client_id"), audiences, now),
        refusal -> new Refused(refusal, form.find("client_id")
            .filter(id -> registry.client(tenant, id).isPresent())));
  }

  private Authentication judge(RegistrySnapshot registry, String tenant, Assertion assertion,
      Optional<String> clientId, Set<String> audiences, Instant now) {
    Optional<RegisteredClient> named = registry.client(tenant, assertion.claims().subject());
    Optional<String> recognised = named.map(RegisteredClient::id);
    // RFC 7523 §3: for client authentication both iss and sub are the client_id.
    Optional<RegisteredClient> client = named.filter(found ->
        found.client().enabled() && assertion.claims().issuer().equals(found.id()));
    if (client.isEmpty() || !isSigned(registry, tenant, client.get(), assertion, now)) {
      return new Refused(UNMATCHED, recognised);
    }
    String issuer = registry.tenant(tenant).orElseThrow().issuer();
    return wrong(client.get(), assertion.claims(), clientId, issuer, audiences, now)
        .<Authentication>map(refusal -> new Refused(refusal, recognised))
        .orElseGet(() -> proved(tenant, client.get(), assertion.claims()));
  }

  private boolean isSigned(RegistrySnapshot registry, String tenant, RegisteredClient client, Assertion assertion,
      Instant now) {
    return keys.of(registry, tenant, client).stream()
        .anyMatch(key -> key.mayBe(assertion.hint()) && key.hasSigned(assertion, now));
  }

  private static Optional<Refusal> wrong(RegisteredClient client, AssertionClaims claims, Optional<String> clientId,
      String issuer, Set<String> audiences, Instant now) {
    // RFC 7521 §4.2: "The client_id parameter […] MUST identify the same client as is identified by the client
    // assertion."
    if (clientId.isPresent() && !clientId.get().equals(client.id())) {
      return Optional.of(Refusal.invalidClient("expected the client_id that the assertion's sub names, but found another"));
    }
    if (!isForUs(claims.audiences(), client.assertions().issuerOnly(), issuer, audiences)) {
      return Optional.of(Refusal.invalidClient(client.assertions().issuerOnly()
          ? "expected this issuer, " + issuer + ", as the only aud of the assertion, but found another"
          : "expected the URL of this endpoint or the issuer, " + issuer + ", as aud of the assertion, but found another"));
    }
    // OpenID Connect Core §9: jti is REQUIRED, and "These tokens MUST only be used once".
    if (claims.jti().isEmpty()) {
      return Optional.of(Refusal.invalidClient("expected a jti in the assertion, but found none"));
    }
    return claims.untimely(now);
  }

  // RFC 7523 §3: "The authorization server MUST reject any JWT that does not contain its own identity as the intended
  // audience."
  private static boolean isForUs(List<String> found, boolean issuerOnly, String issuer, Set<String> audiences) {
    if (issuerOnly) {
      return found.equals(List.of(issuer));
    }
    return found.stream().map(ClientAssertions::withoutQuery)
        .anyMatch(audience -> audience.equals(issuer) || audiences.contains(audience));
  }

  private static String withoutQuery(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query);
  }

  private Authentication proved(String tenant, RegisteredClient client, AssertionClaims claims) {
    return new Authenticated(client, proofs.claims(ProofKind.CLIENT_ASSERTION, tenant, client.id(),
        claims.jti().orElseThrow(), claims.madeAt(), claims.acceptedUntil()));
  }
}
