package dev.mintlog.edge.proof.grant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySets;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.grant.GrantAssertions.Presentation;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7523 §3, claim by claim. */
class GrantAssertionsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String ISSUER = "https://id.example";
  private static final String TOKEN_URL = ISSUER + "/connect/token";
  private static final String IDP = "https://idp.example";
  private static final String PARTNER = "https://partner.example";
  private static final URI PARTNER_KEYS = URI.create("https://partner.example/keys");
  private static final RSAKey RSA = rsa();
  private static final ECKey EC = ec();

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RegistrySnapshot registry = registry();
  private final Map<URI, String> published = new HashMap<>(Map.of(PARTNER_KEYS, new JWKSet(List.of(
      RSA.toPublicJWK(), EC.toPublicJWK())).toString()));
  private final GrantAssertions assertions = new GrantAssertions(new AssertionSignatures(channel,
      new KeySets((uri, then) -> then.accept(Optional.ofNullable(published.get(uri))), System::nanoTime)), new ProofIds(channel));

  // Whose it is

  @Test
  void shouldTakeAnAssertionThatAClientSignsForItself() {
    GrantAssertion taken = taken(Optional.empty(), own());

    assertThat(taken.client().id()).isEqualTo("robot");
    assertThat(taken.user()).isEmpty();
    assertThat(taken.issuer()).isEmpty();
  }

  @Test
  void shouldTakeAnAssertionOfAnIssuerFromTheClientThatIsRegisteredForIt() {
    assertThat(taken(Optional.of("shop"), idp()).issuer()).contains(IDP);
    assertThat(taken(Optional.of("shop"), idp()).user()).contains("s-ada");

    assertThat(refused(Optional.of("other"), idp()).error()).isEqualTo("invalid_grant");
    assertThat(refused(Optional.empty(), idp()).description()).contains("registered for the client its iss names");
  }

  @Test
  void shouldNotTakeAnotherClientsOwnAssertionFromAClient() {
    assertThat(refused(Optional.of("shop"), own()).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldAskForTheKeysThatAnIssuerPublishes() {
    assertThat(taken(Optional.of("shop"), partner()).user()).contains("partner|somebody");

    published.clear();
    GrantAssertions fresh = new GrantAssertions(new AssertionSignatures(channel,
        new KeySets((uri, then) -> then.accept(Optional.empty()), System::nanoTime)), new ProofIds(channel));
    assertThat(judge(fresh, Optional.of("shop"), partner().signed(EC, "ES256"))
        .match(found -> 0, Refusal::status)).isEqualTo(503);
  }

  // aud

  @ParameterizedTest
  @ValueSource(strings = {ISSUER, TOKEN_URL, TOKEN_URL + "?x=1"})
  void shouldTakeTheNamesThatThisServerHas(String audience) {
    taken(Optional.empty(), own().claim("aud", audience));
    taken(Optional.of("shop"), idp().claim("aud", List.of(audience)));
  }

  @Test
  void shouldRefuseAnAssertionForAnotherForSeveralOrForNobody() {
    for (Object audience : List.of("https://elsewhere.example", List.of(ISSUER, "https://elsewhere.example"), List.of())) {
      assertThat(refused(Optional.empty(), own().claim("aud", audience)).description()).contains("aud");
      assertThat(refused(Optional.of("shop"), idp().claim("aud", audience)).description()).contains("aud");
    }
    assertThat(refused(Optional.empty(), own().claim("aud", null)).description()).contains("but found none");
  }

  @Test
  void shouldTakeARegisteredAudienceInsteadOfTheUsualOnes() {
    taken(Optional.of("shop"), partner());
    assertThat(refused(Optional.of("shop"), partner().claim("aud", TOKEN_URL)).description()).contains("api://us");
  }

  // exp, nbf, iat, jti

  @Test
  void shouldHoldAnAssertionToItsTimes() {
    long leeway = AssertionClaims.CLOCK_LEEWAY.toSeconds();
    long most = AssertionClaims.LIFETIME_MAX.toSeconds();

    taken(Optional.empty(), own().claim("exp", seconds(1 - leeway)));
    assertThat(refused(Optional.empty(), own().claim("exp", seconds(-leeway))).description()).contains("expired 30 s ago");
    taken(Optional.empty(), own().claim("exp", seconds(most + leeway)));
    assertThat(refused(Optional.empty(), own().claim("exp", seconds(most + leeway + 1))).description())
        .contains("at most 60 minutes");
    taken(Optional.empty(), own().claim("nbf", seconds(leeway)).claim("iat", seconds(leeway)));
    assertThat(refused(Optional.empty(), own().claim("nbf", seconds(leeway + 1))).description()).contains("nbf and iat");
    assertThat(refused(Optional.empty(), own().claim("iat", seconds(leeway + 1))).description()).contains("nbf and iat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "exp", "jti", "aud"})
  void shouldRefuseAnAssertionThatLacksAClaim(String claim) {
    assertThat(refused(Optional.empty(), own().claim(claim, null)).error()).isEqualTo("invalid_grant");
    assertThat(refused(Optional.of("shop"), idp().claim(claim, null)).error()).isEqualTo("invalid_grant");
  }

  @Test
  void shouldSpendTheJtiOfAnIssuerForEveryClientAndUntilNobodyWouldTakeItAnyMore() {
    ProofClaim spent = proof(taken(Optional.of("shop"), idp().claim("jti", "one")));

    assertThat(spent.kind()).isEqualTo(ProofKind.JWT_BEARER);
    assertThat(spent.issuedAt()).isEqualTo(NOW);
    assertThat(spent.keepUntil()).isAfter(NOW.plusSeconds(300).plus(AssertionClaims.CLOCK_LEEWAY));
    assertThat(proof(taken(Optional.of("branch"), idp().claim("jti", "one"))).digest()).isEqualTo(spent.digest());
    assertThat(proof(taken(Optional.of("shop"), partner().claim("jti", "one"))).digest()).isNotEqualTo(spent.digest());
  }

  @Test
  void shouldSpendWhatAClientSignsAsItsClientAssertionToo() {
    ProofClaim spent = proof(taken(Optional.empty(), own().claim("jti", "one")));

    assertThat(spent.kind()).as("what a replay is answered by").isEqualTo(ProofKind.JWT_BEARER);
    assertThat(spent.digest()).isEqualTo(new ProofIds(channel).claims(
        ProofKind.CLIENT_ASSERTION, "default", "robot", "one", NOW, NOW).get(0).digest());
  }

  // sub

  @ParameterizedTest
  @CsvSource({"robot,s-ada,true", "robot,s-off,false", "robot,nobody,false", "robot,shop,false",
      "quiet,quiet,true", "quiet,s-ada,false", "free,s-ada,true", "free,nobody,true", "free,s-off,false",
      "free,robot,false", "free,with space,false"})
  void shouldLetAClientNameWhomItMay(String client, String subject, boolean isTaken) {
    String text = own().claim("iss", client).claim("sub", subject).signed(EC, "ES256");

    assertThat(judge(assertions, Optional.empty(), text).<String>match(found -> "taken", Refusal::error))
        .isEqualTo(isTaken ? "taken" : "invalid_grant");
  }

  @Test
  void shouldNotTellADisabledUserFromAnUnknownOne() {
    assertThat(refused(Optional.of("shop"), idp().claim("sub", "s-off")).description())
        .isEqualTo(refused(Optional.of("shop"), idp().claim("sub", "nobody")).description());
  }

  @Test
  void shouldTakeSubjectsOf255CharactersWithTheirPrefixAndNoLongerOnes() {
    int most = 255 - "partner|".length();

    taken(Optional.of("shop"), partner().claim("sub", "s".repeat(most)));
    assertThat(refused(Optional.of("shop"), partner().claim("sub", "s".repeat(most + 1))).description())
        .contains("up to 255");
  }

  // Signature and form

  @Test
  void shouldTakeTheAlgorithmsThatAreRegisteredAndNoOthers() {
    assertThat(judge(assertions, Optional.of("shop"), idp().signed(RSA, "PS256")).match(found -> "", Refusal::error))
        .isEqualTo("invalid_grant");
    assertThat(judge(assertions, Optional.of("shop"), partner().signed(RSA, "PS256")).match(found -> "", Refusal::error))
        .isEqualTo("invalid_grant");
    for (String none : List.of("none", "None", "")) {
      assertThat(judge(assertions, Optional.empty(), own().header("alg", none).with("AAAA"))
          .match(found -> "", Refusal::error)).isEqualTo("invalid_grant");
    }
    assertThat(judge(assertions, Optional.empty(), own().signed(EC.toPublicJWK().toJSONString().getBytes(), "HS256"))
        .match(found -> "", Refusal::error)).isEqualTo("invalid_grant");
  }

  @Test
  void shouldTakeNothingThatSaysItIsSomethingElse() {
    taken(Optional.empty(), own().header("typ", "authorization-grant+jwt"));
    taken(Optional.empty(), own().header("typ", null));
    for (String type : List.of("at+jwt", "client-authentication+jwt", "dpop+jwt")) {
      assertThat(refused(Optional.empty(), own().header("typ", type)).description())
          .contains("JWT or authorization-grant+jwt");
    }
  }

  private WrittenAssertion own() {
    return WrittenAssertion.of("robot", TOKEN_URL, NOW);
  }

  private WrittenAssertion idp() {
    return WrittenAssertion.of(IDP, TOKEN_URL, NOW).claim("sub", "s-ada");
  }

  private WrittenAssertion partner() {
    return WrittenAssertion.of(PARTNER, "api://us", NOW).claim("sub", "somebody");
  }

  private GrantAssertion taken(Optional<String> client, WrittenAssertion written) {
    return judge(assertions, client, written.signed(EC, "ES256")).match(found -> found, refusal -> {
      throw new AssertionError("expected it to be taken, but found " + refusal.description());
    });
  }

  private Refusal refused(Optional<String> client, WrittenAssertion written) {
    return judge(assertions, client, written.signed(EC, "ES256")).match(found -> {
      throw new AssertionError("expected a refusal, but it was taken");
    }, refusal -> refusal);
  }

  private Checked<GrantAssertion> judge(GrantAssertions by, Optional<String> client, String text) {
    AtomicReference<Checked<GrantAssertion>> judged = new AtomicReference<>();
    by.judge(new Presentation(registry, "default", Set.of(TOKEN_URL), NOW, Runnable::run),
        client.map(id -> registry.client("default", id).orElseThrow()), text, judged::set);
    return judged.get();
  }

  private static ProofClaim proof(GrantAssertion taken) {
    assertThat(taken.proofs()).hasSize(1);
    return taken.proofs().get(0);
  }

  private static long seconds(long fromNow) {
    return NOW.plus(Duration.ofSeconds(fromNow)).getEpochSecond();
  }

  private static RegistrySnapshot registry() {
    String jwks = new JWKSet(List.of(RSA.toPublicJWK(), EC.toPublicJWK())).toString();
    String idp = "{issuer: '" + IDP + "', jwks: " + jwks + ", algorithms: [ES256, RS256]}";
    String partner = "{issuer: '" + PARTNER + "', jwksUri: '" + PARTNER_KEYS
        + "', audiences: ['api://us'], algorithms: [ES256], subjects: any, subjectPrefix: 'partner|'}";
    String secret = "secrets: [{hash: 'sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]";
    String yaml = "tenants:\n- name: default\n  issuer: " + ISSUER + "\n  users:\n"
        + "  - {subject: s-ada, username: ada}\n  - {subject: s-off, username: offline, enabled: false}\n  clients:\n"
        + "  - {id: robot, assertions: {jwks: " + jwks + "}, jwtBearer: {subjects: registered}}\n"
        + "  - {id: quiet, assertions: {jwks: " + jwks + "}}\n"
        + "  - {id: free, assertions: {jwks: " + jwks + "}, jwtBearer: {subjects: any}}\n"
        + "  - {id: shop, " + secret + ", jwtBearer: {issuers: [" + idp + ", " + partner + "]}}\n"
        + "  - {id: branch, " + secret + ", jwtBearer: {issuers: [" + idp + "]}}\n"
        + "  - {id: other, " + secret + "}\n";
    Map<EntryKey, String> entries =
        new HashMap<>(RegistryEntries.of(RegistryDocument.parse(yaml), Optional.of(ISSUER)));
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":4}");
    return RegistrySnapshot.of(new Revision(1, NOW.minus(Duration.ofDays(1)), entries.size(), "unused"), entries);
  }

  private static RSAKey rsa() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ECKey ec() {
    try {
      return new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
