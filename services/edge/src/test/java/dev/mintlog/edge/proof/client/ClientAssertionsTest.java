package dev.mintlog.edge.proof.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.assertion.Assertion;
import dev.mintlog.edge.assertion.AssertionClaims;
import dev.mintlog.edge.assertion.AssertionSignatures;
import dev.mintlog.edge.assertion.KeySets;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.edge.proof.ProofIds;
import dev.mintlog.edge.proof.client.Authentication.Authenticated;
import dev.mintlog.edge.proof.client.Authentication.NotJudged;
import dev.mintlog.edge.proof.client.Authentication.Refused;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.FormParser;
import dev.mintlog.proof.ProofClaim;
import dev.mintlog.proof.ProofKind;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import dev.mintlog.registry.secret.SealedSecret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String ISSUER = "https://id.example";
  private static final String TOKEN_URL = ISSUER + "/connect/token";
  private static final String SECRET = "a secret that is long enough: forty-eight bytes!";
  private static final byte[] MAC_KEY = SECRET.getBytes(StandardCharsets.UTF_8);
  private static final Base64URL SHA256 = new Base64URL("iqH7b5z-_0vRz7pXyq4b3nQ2m3Qe1x0a6X4f9gYjKNU");
  private static final Base64URL SHA1 = new Base64URL("2jmj7l5rSw0yVb_vlWAYkK_YBwk");
  private static final URI CLIENT_KEYS = URI.create("https://publisher.example/keys");
  private static final URI ISSUER_KEYS = URI.create("https://platform.example/keys");
  private static final Keys KEYS = Keys.generate();

  private final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final RegistrySnapshot registry = registry();
  private final Map<URI, String> published = new HashMap<>();
  private final ClientAssertions assertions = new ClientAssertions(new AssertionSignatures(channel,
      new KeySets((uri, then) -> then.accept(Optional.ofNullable(published.get(uri))), System::nanoTime)), new ProofIds(channel));

  // Who is let in

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void shouldTakeEveryAlgorithmOfAnRsaKey(String algorithm) {
    assertThat(judge(assertion("app").signed(KEYS.rsa, algorithm))).isInstanceOf(Authenticated.class);
  }

  @Test
  void shouldTakeTheAlgorithmOfACurve() {
    assertThat(judge(assertion("app").signed(KEYS.p256, "ES256"))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("app").signed(KEYS.p384, "ES384"))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("app").signed(KEYS.p521, "ES512"))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("app").signed(KEYS.ed, "EdDSA"))).isInstanceOf(Authenticated.class);
  }

  @Test
  void shouldTakeAMacOfASecretThatIsLongEnough() {
    assertThat(judge(assertion("mac").signed(MAC_KEY, "HS256"))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("mac").signed(MAC_KEY, "HS384"))).isInstanceOf(Authenticated.class);
    // 48 bytes are too few for HS512; no signer would make it either.
    refusedAsUnmatched(assertion("mac").header("alg", "HS512").with(WrittenAssertion.base64url(new byte[64])));
  }

  @Test
  void shouldSpendItsJtiUntilNobodyWouldTakeItAnyMore() {
    // When
    List<ProofClaim> proofs = ((Authenticated) judge(assertion("app").signed(KEYS.ed, "EdDSA"))).proofs();

    // Then
    assertThat(proofs).singleElement().satisfies(proof -> {
      assertThat(proof.kind()).isEqualTo(ProofKind.CLIENT_ASSERTION);
      assertThat(proof.issuedAt()).isEqualTo(NOW);
      assertThat(proof.keepUntil()).isAfter(NOW.plusSeconds(300).plus(AssertionClaims.CLOCK_LEEWAY));
    });
  }

  @Test
  void shouldTellOneJtiFromAnotherAndOneClientFromAnother() {
    String digest = digest(assertion("app").claim("jti", "one").signed(KEYS.ed, "EdDSA"));

    assertThat(digest(assertion("app").claim("jti", "one").claim("exp", seconds(200)).signed(KEYS.ed, "EdDSA")))
        .isEqualTo(digest);
    assertThat(digest(assertion("app").claim("jti", "two").signed(KEYS.ed, "EdDSA"))).isNotEqualTo(digest);
    assertThat(digest(assertion("other").claim("jti", "one").signed(KEYS.ed, "EdDSA"))).isNotEqualTo(digest);
  }

  @Test
  void shouldCountAnAssertionWithoutIatAndNbfAsMadeAsEarlyAsItCouldHaveBeen() {
    Authenticated found = (Authenticated) judge(
        assertion("app").claim("iat", null).claim("nbf", null).signed(KEYS.ed, "EdDSA"));

    assertThat(found.proofs().get(0).issuedAt())
        .isEqualTo(NOW.plusSeconds(300).minus(AssertionClaims.UNDATED_LIFETIME_MAX)
            .minus(AssertionClaims.CLOCK_LEEWAY));
  }

  @Test
  void shouldRefuseAnAssertionWithoutIatAndNbfThatLivesLongerThanTenMinutes() {
    WrittenAssertion undated = assertion("app").claim("iat", null).claim("nbf", null);

    assertThat(judge(undated.claim("exp", seconds(630)).signed(KEYS.ed, "EdDSA"))).isInstanceOf(Authenticated.class);
    refused(form(undated.claim("exp", seconds(631)).signed(KEYS.ed, "EdDSA")), "at most 10 minutes, as it has neither iat");
  }

  // Which key it is

  @Test
  void shouldFindTheKeyByItsKidOrTryAll() {
    assertThat(judge(assertion("app").header("kid", "r").signed(KEYS.rsa, "RS256"))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("app").signed(KEYS.rsa, "RS256"))).isInstanceOf(Authenticated.class);
    refusedAsUnmatched(assertion("app").header("kid", "e").signed(KEYS.rsa, "RS256"));
    refusedAsUnmatched(assertion("app").header("kid", "unknown").signed(KEYS.rsa, "RS256"));
  }

  @Test
  void shouldFindTheKeyByAThumbprintInEitherAlphabet() {
    // MSAL4J pads and uses + and /, others do not.
    String standard = SHA256.toString().replace('-', '+').replace('_', '/') + "=";
    for (String thumbprint : List.of(SHA256.toString(), standard)) {
      assertThat(judge(assertion("app").header("x5t#S256", thumbprint).signed(KEYS.rsa, "PS256")))
          .isInstanceOf(Authenticated.class);
    }
    assertThat(judge(assertion("app").header("x5t", SHA1.toString()).signed(KEYS.rsa, "RS256")))
        .isInstanceOf(Authenticated.class);
    refusedAsUnmatched(assertion("app").header("x5t#S256", "other").signed(KEYS.rsa, "PS256"));
    refusedAsUnmatched(assertion("app").header("x5t", "other").signed(KEYS.rsa, "PS256"));
  }

  // What clients in the field write

  @Test
  void shouldReadNumericDatesThatAreTexts() {
    assertThat(judge(assertion("app").claim("iat", null).claim("nbf", "" + seconds(0)).claim("exp", "" + seconds(600))
        .signed(KEYS.rsa, "PS256"))).isInstanceOf(Authenticated.class);
  }

  @Test
  void shouldReadPrettyPrintedJsonAndAnX5cThatIsOneText() {
    assertThat(judge(assertion("app").prettyPrinted().header("x5c", "MIIB").signed(KEYS.rsa, "RS256")))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void shouldTakePsAuthClientsMacOnlyWhereItIsRegistered() {
    assertThat(judge(assertion("lenient").encodedTwice(MAC_KEY))).isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("lenient").signed(MAC_KEY, "HS256"))).isInstanceOf(Authenticated.class);
    refusedAsUnmatched(assertion("mac").encodedTwice(MAC_KEY));
    refusedAsUnmatched(assertion("lenient").encodedTwice("another secret that is long enough for it".getBytes(
        StandardCharsets.UTF_8)));
  }

  @Test
  void shouldTakeTheSameClientIdInTheBodyAndNoOther() {
    String signed = assertion("app").signed(KEYS.ed, "EdDSA");

    assertThat(judge(form(signed) + "&client_id=app")).isInstanceOf(Authenticated.class);
    refused(form(signed) + "&client_id=other", "expected the client_id that the assertion's sub names");
  }

  // Whom it is for

  @Test
  void shouldTakeTheEndpointOrTheIssuerAsAudience() {
    for (Object audience : List.of(TOKEN_URL, TOKEN_URL + "?client-request-id=1", ISSUER, List.of(TOKEN_URL),
        List.of("https://elsewhere.example", ISSUER))) {
      assertThat(judge(assertion("app").claim("aud", audience).signed(KEYS.ed, "EdDSA")))
          .as("" + audience).isInstanceOf(Authenticated.class);
    }
    for (Object audience : List.of("https://elsewhere.example/connect/token", TOKEN_URL + "/", ISSUER + "/",
        ISSUER + "/acme/connect/token", List.of(), "ID.example", Map.of("aud", TOKEN_URL))) {
      refused(form(assertion("app").claim("aud", audience).signed(KEYS.ed, "EdDSA")),
          "expected the URL of this endpoint or the issuer");
    }
    refused(form(assertion("app").claim("aud", null).signed(KEYS.ed, "EdDSA")), "expected the URL of this endpoint");
  }

  @Test
  void shouldTakeTheIssuerAloneWhereTheClientIsRegisteredSo() {
    for (Object audience : List.of(ISSUER, List.of(ISSUER))) {
      assertThat(judge(assertion("strict").claim("aud", audience).signed(KEYS.ed, "EdDSA")))
          .isInstanceOf(Authenticated.class);
    }
    for (Object audience : List.of(TOKEN_URL, List.of(ISSUER, TOKEN_URL))) {
      refused(form(assertion("strict").claim("aud", audience).signed(KEYS.ed, "EdDSA")),
          "expected this issuer, https://id.example, as the only aud");
    }
  }

  // When it counts

  @Test
  void shouldHoldToExpWithALeewayForClocks() {
    assertThat(judge(assertion("app").claim("exp", seconds(-29)).signed(KEYS.ed, "EdDSA")))
        .isInstanceOf(Authenticated.class);
    refused(form(assertion("app").claim("exp", seconds(-30)).signed(KEYS.ed, "EdDSA")), "it expired 30 s ago");
    refused(form(assertion("app").claim("exp", null).signed(KEYS.ed, "EdDSA")), "expected iss, sub and exp");
  }

  @Test
  void shouldRefuseOneThatLivesTooLong() {
    long most = AssertionClaims.LIFETIME_MAX.plus(AssertionClaims.CLOCK_LEEWAY).toSeconds();

    assertThat(judge(assertion("app").claim("exp", seconds(most)).signed(KEYS.ed, "EdDSA")))
        .isInstanceOf(Authenticated.class);
    refused(form(assertion("app").claim("exp", seconds(most + 1)).signed(KEYS.ed, "EdDSA")),
        "expected an assertion that lives at most 60 minutes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nbf", "iat"})
  void shouldRefuseOneThatIsFromTheFuture(String claim) {
    assertThat(judge(assertion("app").claim(claim, seconds(30)).signed(KEYS.ed, "EdDSA")))
        .isInstanceOf(Authenticated.class);
    refused(form(assertion("app").claim(claim, seconds(31)).signed(KEYS.ed, "EdDSA")), "expected nbf and iat");
    refused(form(assertion("app").claim(claim, "tomorrow").signed(KEYS.ed, "EdDSA")), "expected nbf and iat");
    refused(form(assertion("app").claim(claim, true).signed(KEYS.ed, "EdDSA")), "expected nbf and iat");
  }

  @Test
  void shouldRefuseNumbersThatAreNoTime() {
    for (Object exp : List.of(-1, 1e300, new java.math.BigDecimal("1e400"), new java.math.BigInteger("9".repeat(900)),
        "1e3", "-5", "", List.of(seconds(300)), Map.of())) {
      refused(form(assertion("app").claim("exp", exp).signed(KEYS.ed, "EdDSA")), "expected");
    }
  }

  // jti

  @Test
  void shouldRequireAJtiOfABoundedLength() {
    String longest = "j".repeat(AssertionClaims.JTI_CHARACTERS_MAX);

    assertThat(judge(assertion("app").claim("jti", longest).signed(KEYS.ed, "EdDSA"))).isInstanceOf(Authenticated.class);
    refused(form(assertion("app").claim("jti", longest + "j").signed(KEYS.ed, "EdDSA")), "a jti of at most 512");
    refused(form(assertion("app").claim("jti", null).signed(KEYS.ed, "EdDSA")), "expected a jti");
    refused(form(assertion("app").claim("jti", "").signed(KEYS.ed, "EdDSA")), "expected a jti");
    refused(form(assertion("app").claim("jti", 7).signed(KEYS.ed, "EdDSA")), "expected a jti");
  }

  // Attacks

  @Test
  void shouldNotTakeAPublicKeyForTheSecretOfAMac() throws Exception {
    // RFC 8725 §2.1: every form an attacker may guess that the key is held in
    RSAKey publicKey = KEYS.rsa.toPublicJWK();
    for (byte[] guess : List.of(publicKey.toRSAPublicKey().getEncoded(),
        publicKey.toJSONString().getBytes(StandardCharsets.UTF_8), publicKey.getModulus().decode(),
        ("-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(publicKey.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n")
            .getBytes(StandardCharsets.US_ASCII))) {
      refusedAsUnmatched(assertion("app").signed(guess, "HS256"));
      refusedAsUnmatched(assertion("app").header("kid", "r").signed(guess, "HS256"));
      refusedAsUnmatched(assertion("app").encodedTwice(guess));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "nOnE", "", "HS1", "RS1", "ES256K", "RSA1_5", "dir"})
  void shouldNotTakeAnAlgorithmThatIsNone(String algorithm) {
    refusedAsUnmatched(assertion("app").header("alg", algorithm).with("AAAA"));
    refusedAsUnmatched(assertion("mac").header("alg", algorithm).with("AAAA"));
    refusedAsUnmatched(assertion("lenient").header("alg", algorithm).with("AAAA"));
    // Without a signature it is no signed JWT at all.
    refused(form(assertion("app").header("alg", algorithm).with("")), "expected a signed JWT as assertion");
  }

  @Test
  void shouldNotTakeAKeyThatTheHeaderBrings() throws Exception {
    RSAKey own = new RSAKeyGenerator(2048).generate();
    Map<String, Object> jwk = own.toPublicJWK().toJSONObject();

    refusedAsUnmatched(assertion("app").header("jwk", jwk).signed(own, "RS256"));
    refusedAsUnmatched(assertion("app").header("jwk", jwk).header("kid", "r").signed(own, "RS256"));
    refusedAsUnmatched(assertion("app").header("jku", "https://attacker.example/jwks").signed(own, "RS256"));
    refusedAsUnmatched(assertion("app").header("x5u", "https://attacker.example/x5u").signed(own, "RS256"));
    refusedAsUnmatched(assertion("app").header("x5c", List.of("MIIB")).signed(own, "RS256"));
  }

  @Test
  void shouldNotTakeOneClientsKeyForAnothers() {
    refusedAsUnmatched(assertion("other").signed(KEYS.rsa, "RS256"));
    // Signed by app, about app, issued in another's name; and the other way round.
    refusedAsUnmatched(assertion("app").claim("iss", "other").signed(KEYS.ed, "EdDSA"));
    refusedAsUnmatched(assertion("app").claim("sub", "mac").signed(KEYS.ed, "EdDSA"));
  }

  @Test
  void shouldTellNobodyWhetherThereIsSuchAClient() {
    refusedAsUnmatched(assertion("nobody").signed(KEYS.ed, "EdDSA"));
    refusedAsUnmatched(assertion("disabled").signed(KEYS.ed, "EdDSA"));
    refusedAsUnmatched(assertion("without").signed(KEYS.ed, "EdDSA"));
  }

  @Test
  void shouldHoldToTheAlgorithmsThatAreRegistered() {
    assertThat(judge(assertion("ps-only").signed(KEYS.rsa, "PS256"))).isInstanceOf(Authenticated.class);
    refusedAsUnmatched(assertion("ps-only").signed(KEYS.rsa, "RS256"));
  }

  @Test
  void shouldRefuseASecretThatHasExpiredOrWasSealedForAnother() {
    refusedAsUnmatched(assertion("expired-mac").signed(MAC_KEY, "HS256"));
    refusedAsUnmatched(assertion("stolen-mac").signed(MAC_KEY, "HS256"));
  }

  @Test
  void shouldRefuseOtherKindsOfJwt() {
    refused(form(assertion("app").header("typ", "at+jwt").signed(KEYS.ed, "EdDSA")), "expected JWT or client-auth");
    refused(form(assertion("app").header("typ", "dpop+jwt").signed(KEYS.ed, "EdDSA")), "expected JWT or client-auth");
    refused(form(assertion("app").header("crit", List.of("b64")).header("b64", false).signed(KEYS.ed, "EdDSA")),
        "expected an assertion without crit");
    assertThat(judge(assertion("app").header("typ", "client-authentication+jwt").signed(KEYS.ed, "EdDSA")))
        .isInstanceOf(Authenticated.class);
    assertThat(judge(assertion("app").header("typ", null).signed(KEYS.ed, "EdDSA"))).isInstanceOf(Authenticated.class);
  }

  @Test
  void shouldRefuseAnOversizedOneUnread() {
    String padded = assertion("app").claim("x", "x".repeat(Assertion.CHARACTERS_MAX)).signed(KEYS.ed, "EdDSA");

    refused(form(padded), "expected an assertion of at most 16384 characters");
  }

  @Test
  void shouldRefuseJsonThatIsNestedDeeply() {
    String deep = "[".repeat(6_000) + "]".repeat(6_000);
    String header = WrittenAssertion.base64url("{\"alg\":\"EdDSA\"}".getBytes(StandardCharsets.UTF_8));

    refused(form(header + "." + WrittenAssertion.base64url(("{\"iss\":" + deep.substring(0, 4_000) + "}").getBytes(
        StandardCharsets.UTF_8)) + ".AAAA"), "expected header and claims of the assertion as JSON");
    refused(form(WrittenAssertion.base64url(deep.getBytes(StandardCharsets.UTF_8)).substring(0, 9_000) + ".e30.AAAA"),
        "expected header and claims of the assertion as JSON");
  }

  @Test
  void shouldRefuseAMemberThatStandsTwice() {
    // RFC 7519 §4: which of two one parser takes, another does not.
    String claims = "{\"iss\":\"app\",\"sub\":\"app\",\"sub\":\"other\"}";

    refused(form("eyJhbGciOiJFZERTQSJ9." + WrittenAssertion.base64url(claims.getBytes(StandardCharsets.UTF_8)) + ".AAAA"),
        "expected header and claims of the assertion as JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x.y", "x.y.z", "..", "a.b.c.d.e", "e30.e30.AAAA", "bnVsbA.bnVsbA.AAAA", "W10.W10.AAAA",
      "eyJhbGciOjF9.e30.AAAA", "é.e30.AAAA", "e30=.e30=.AAAA"})
  void shouldRefuseWhatIsNoJwt(String text) {
    refused(form(text), "expected");
  }

  // Keys that are published elsewhere

  @Test
  void shouldTakeTheKeysThatAClientPublishes() {
    published.put(CLIENT_KEYS, new JWKSet(KEYS.p256.toPublicJWK()).toString(false));

    assertThat(judge(assertion("publisher").signed(KEYS.p256, "ES256"))).isInstanceOf(Authenticated.class);
    refusedAsUnmatched(assertion("publisher").signed(KEYS.p384, "ES384"));
    refusedAsUnmatched(assertion("publisher").header("kid", "other").signed(KEYS.p256, "ES256"));
  }

  @Test
  void shouldHoldToTheRegisteredAlgorithmsOfPublishedKeysToo() {
    published.put(CLIENT_KEYS, new JWKSet(KEYS.rsa.toPublicJWK()).toString(false));

    refusedAsUnmatched(assertion("publisher").signed(KEYS.rsa, "RS256"));
  }

  @Test
  void shouldSayThatItCouldNotJudgeWhereTheKeysCannotBeFetched() {
    Authentication found = judge(assertion("publisher").signed(KEYS.p256, "ES256"));

    assertThat(((NotJudged) found).refusal().status()).isEqualTo(503);
  }

  // Issuers that a client trusts

  @Test
  void shouldTakeTheWordOfAnIssuerThatTheClientTrusts() {
    published.put(ISSUER_KEYS, new JWKSet(KEYS.rsa.toPublicJWK()).toString(false));
    // Longer than the client's own may live, and good more than once: its platform gives it one for hours.
    String token = workload().claim("exp", seconds(86_400)).claim("jti", null).signed(KEYS.rsa, "RS256");

    Authentication found = judge(form(token) + "&client_id=workload");

    assertThat(((Authenticated) found).client().id()).isEqualTo("workload");
    assertThat(((Authenticated) found).assertionIssuer()).contains("https://platform.example");
    assertThat(((Authenticated) judge(assertion("app").signed(KEYS.rsa, "RS256"))).assertionIssuer())
        .as("by itself").isEmpty();
    assertThat(((Authenticated) found).proofs()).isEmpty();
  }

  @Test
  void shouldTakeItForNobodyElse() {
    published.put(ISSUER_KEYS, new JWKSet(KEYS.rsa.toPublicJWK()).toString(false));

    for (WrittenAssertion other : List.of(workload().claim("sub", "repo:org/y"), workload().claim("aud", TOKEN_URL),
        workload().claim("iss", "https://other-issuer.example"), workload().claim("aud", null))) {
      refused(form(other.signed(KEYS.rsa, "RS256")) + "&client_id=workload", "or by an issuer");
    }
    refused(form(workload().signed(KEYS.ed, "EdDSA")) + "&client_id=workload", "or by an issuer");
    refused(form(workload().signed(KEYS.rsa, "RS256")) + "&client_id=app", "or by an issuer");
    refused(form(workload().signed(KEYS.rsa, "RS256")), "or by an issuer");
    refused(form(workload().claim("exp", seconds(-31)).signed(KEYS.rsa, "RS256")) + "&client_id=workload", "it expired");
    refused(form(workload().claim("nbf", seconds(31)).signed(KEYS.rsa, "RS256")) + "&client_id=workload", "nbf and iat");
  }

  private static WrittenAssertion workload() {
    return WrittenAssertion.of("workload", "api://exchange", NOW).claim("iss", "https://platform.example")
        .claim("sub", "repo:org/x");
  }

  // Two at once

  @Test
  void shouldRefuseASecondMethod() {
    String form = form(assertion("app").signed(KEYS.ed, "EdDSA"));

    assertThat(((NotJudged) judgeForm(form + "&client_secret=x", Optional.empty())).refusal().error())
        .isEqualTo("invalid_request");
    assertThat(((NotJudged) judgeForm(form, Optional.of("Basic YXBwOng="))).refusal().error())
        .isEqualTo("invalid_request");
  }

  @Test
  void shouldRefuseAnAssertionWithoutItsTypeAndTheOtherWayRound() {
    for (String form : List.of("client_assertion=x.y.z", "client_assertion_type=x",
        "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Asaml2-bearer&client_assertion=x")) {
      assertThat(((NotJudged) judgeForm(form, Optional.empty())).refusal().error()).isEqualTo("invalid_client");
    }
  }

  private static WrittenAssertion assertion(String client) {
    return WrittenAssertion.of(client, TOKEN_URL, NOW);
  }

  private static long seconds(long fromNow) {
    return NOW.getEpochSecond() + fromNow;
  }

  private String digest(String assertion) {
    return ((Authenticated) judge(assertion)).proofs().get(0).digest();
  }

  private void refusedAsUnmatched(String assertion) {
    refused(form(assertion), "expected an assertion signed with a key that is registered for the client its sub names");
  }

  private void refused(String form, String description) {
    Authentication found = judgeForm(form, Optional.empty());
    assertThat(found).isInstanceOf(Refused.class);
    assertThat(((Refused) found).refusal().error()).isEqualTo("invalid_client");
    assertThat(((Refused) found).refusal().description()).contains(description);
  }

  private Authentication judge(String assertionOrForm) {
    return judgeForm(assertionOrForm.contains("=") ? assertionOrForm : form(assertionOrForm), Optional.empty());
  }

  private Authentication judgeForm(String body, Optional<String> authorization) {
    Form form = ((Checked.Accepted<Form>) FormParser.parse(body.getBytes(StandardCharsets.UTF_8))).value();
    AtomicReference<Authentication> found = new AtomicReference<>();
    assertions.judge(registry, "default", authorization, form, Set.of(TOKEN_URL), NOW, Runnable::run, found::set);
    return found.get();
  }

  private static String form(String assertion) {
    return "grant_type=client_credentials&client_assertion_type="
        + URLEncoder.encode(ClientAssertions.TYPE, StandardCharsets.UTF_8)
        + "&client_assertion=" + URLEncoder.encode(assertion, StandardCharsets.UTF_8);
  }

  private RegistrySnapshot registry() {
    Sealer sealer = new Sealer(channel, Direction.CLIENT_SECRET);
    String all = KEYS.jwks();
    String yaml = "tenants:\n- name: default\n  clients:\n"
        + client("app", "jwks: " + all)
        + client("other", "jwks: " + new JWKSet(KEYS.ed.toPublicJWK()).toString(false))
        + client("strict", "jwks: " + all, "audience: issuer")
        + client("ps-only", "jwks: " + all, "algorithms: [PS256]")
        + client("disabled", "jwks: " + all).replace("- id: disabled", "- id: disabled\n    enabled: false")
        + client("mac", "secrets: [{sealed: '" + sealed(sealer, "mac") + "'}]")
        + client("lenient", "secrets: [{sealed: '" + sealed(sealer, "lenient") + "'}]", "lenientMac: true")
        + client("expired-mac", "secrets: [{sealed: '" + sealed(sealer, "expired-mac") + "', expiresAt: '" + NOW + "'}]")
        + client("stolen-mac", "secrets: [{sealed: '" + sealed(sealer, "mac") + "'}]")
        + client("publisher", "jwksUri: " + CLIENT_KEYS, "algorithms: [ES256, ES384]")
        + client("workload", "trusted:", "- issuer: https://platform.example", "  subject: 'repo:org/x'",
            "  audience: 'api://exchange'", "  jwksUri: " + ISSUER_KEYS)
        + "  - id: without\n    public: true\n";
    Map<EntryKey, String> entries =
        new HashMap<>(RegistryEntries.of(RegistryDocument.parse(yaml), Optional.of(ISSUER)));
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":4}");
    return RegistrySnapshot.of(new Revision(1, NOW.minus(Duration.ofDays(1)), entries.size(), "unused"), entries);
  }

  private static String sealed(Sealer sealer, String client) {
    return SealedSecret.seal(sealer, "default", client, SECRET).text();
  }

  private static String client(String id, String... assertions) {
    return "  - id: " + id + "\n    assertions:\n      " + String.join("\n      ", assertions) + "\n";
  }

  private record Keys(RSAKey rsa, ECKey p256, ECKey p384, ECKey p521, OctetKeyPair ed) {
    static Keys generate() {
      try {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        return new Keys(new RSAKey.Builder(rsa).x509CertSHA256Thumbprint(SHA256).x509CertThumbprint(SHA1).build(),
            new ECKeyGenerator(Curve.P_256).keyID("e").generate(), new ECKeyGenerator(Curve.P_384).generate(),
            new ECKeyGenerator(Curve.P_521).generate(), new OctetKeyPairGenerator(Curve.Ed25519).generate());
      } catch (com.nimbusds.jose.JOSEException e) {
        throw new AssertionError(e);
      }
    }

    String jwks() {
      return new JWKSet(List.<JWK>of(rsa.toPublicJWK(), p256.toPublicJWK(), p384.toPublicJWK(), p521.toPublicJWK(),
          ed.toPublicJWK())).toString(false);
    }
  }
}
