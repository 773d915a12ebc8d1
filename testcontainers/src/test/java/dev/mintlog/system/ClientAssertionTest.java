package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.AssertionKeys;
import dev.mintlog.fixture.Log;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.schema.TokenDenied;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Clients that prove themselves with a JWT: {@code private_key_jwt} and {@code client_secret_jwt}, RFC 7523 §2.2 and
 * OpenID Connect Core §9.
 */
class ClientAssertionTest {
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final RunningSystem system = RunningSystem.shared();
  private final AssertionKeys keys = system.registry().assertionKeys();
  private final String tokenUrl = system.publicUrl() + "/connect/token";

  // private_key_jwt

  @Test
  void shouldTakeAnAssertionOfEachKindOfKey() {
    presented(assertion("signer").signed(keys.rsa(), "RS256")).isGranted();
    presented(assertion("signer").signed(keys.rsa(), "PS256")).isGranted();
    presented(assertion("signer").signed(keys.ec(), "ES256")).isGranted();
    presented(assertion("signer").signed(keys.ed(), "EdDSA")).isGranted();
  }

  @Test
  void shouldNameTheClientInTheToken() {
    RawAnswer answer = presented(assertion("signer").signed(keys.ec(), "ES256")).isGranted();

    assertThat(system.relyingParty().verified(answer.text("access_token")).getSubject()).isEqualTo("signer");
  }

  @Test
  void shouldFindTheKeyByKidOrByTrying() {
    presented(assertion("signer").header("kid", "rsa-1").signed(keys.rsa(), "RS256")).isGranted();
    presented(assertion("signer").header("kid", "rsa-2").signed(keys.rsa(), "RS256")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldFindTheKeyByTheThumbprintOfItsCertificateInEitherAlphabet() {
    byte[] sha256 = keys.thumbprint("SHA-256");
    RSAKey key = keys.certified();

    presented(assertion("certified-signer").header("x5t#S256", keys.base64url(sha256)).signed(key, "PS256")).isGranted();
    // MSAL4J
    presented(assertion("certified-signer").header("x5t#S256", Base64.getEncoder().encodeToString(sha256))
        .signed(key, "RS256")).isGranted();
    // PSAuthClient, MSAL at AD FS
    presented(assertion("certified-signer").header("x5t", keys.base64url(keys.thumbprint("SHA-1"))).signed(key, "RS256"))
        .isGranted();
    // PSAuthClient with a bare key
    presented(assertion("certified-signer").signed(key, "RS256")).isGranted();
    presented(assertion("certified-signer").header("x5t#S256", keys.base64url(new byte[32])).signed(key, "RS256"))
        .isRefused(400, "invalid_client");
  }

  @Test
  void shouldTakeWhatMsalWrites() {
    // Numeric dates as texts, no iat, no kid, x5c as one text, client_id beside the assertion.
    long now = Instant.now().getEpochSecond();
    WrittenAssertion assertion = assertion("certified-signer").claim("iat", null).claim("nbf", "" + now)
        .claim("exp", "" + (now + 600)).header("x5c", "MIIB")
        .header("x5t#S256", keys.base64url(keys.thumbprint("SHA-256")));

    answerTo(request(assertion.signed(keys.certified(), "PS256")).and("client_id", "certified-signer")).isGranted();
  }

  @Test
  void shouldTakeWhatPsAuthClientWrites() {
    presented(assertion("certified-signer").prettyPrinted().signed(keys.certified(), "RS256")).isGranted();
  }

  @Test
  void shouldTakeTheTokenUrlAsAddressedOrTheIssuerAsAudience() {
    presented(assertion("signer").claim("aud", system.publicUrl()).signed(keys.ec(), "ES256")).isGranted();
    presented(assertion("signer").claim("aud", List.of(tokenUrl)).signed(keys.ec(), "ES256")).isGranted();
    String aliased = system.publicUrl() + "/oauth2/token";
    answerTo(request(assertion("signer").claim("aud", aliased).signed(keys.ec(), "ES256")).at("/oauth2/token"))
        .isGranted();
    answerTo(request(assertion("signer").claim("aud", tokenUrl + "?client-request-id=1").signed(keys.ec(), "ES256"))
        .at("/connect/token?client-request-id=1")).isGranted();
    presented(assertion("signer").claim("aud", "https://elsewhere.example").signed(keys.ec(), "ES256"))
        .isRefused(400, "invalid_client");
  }

  @Test
  void shouldTakeTheIssuerAloneWhereTheClientIsRegisteredSo() {
    presented(assertion("strict-signer").claim("aud", system.publicUrl()).signed(keys.rsa(), "PS256")).isGranted();
    presented(assertion("strict-signer").signed(keys.rsa(), "PS256")).isRefused(400, "invalid_client");
    presented(assertion("strict-signer").claim("aud", List.of(system.publicUrl(), tokenUrl)).signed(keys.rsa(), "PS256"))
        .isRefused(400, "invalid_client");
  }

  /** RFC 8725 §3.11, and draft-ietf-oauth-rfc7523bis for a type of its own. */
  @Test
  void shouldTakeTheTypesOfAssertionsAndNoOther() {
    for (String type : List.of("JWT", "client-authentication+jwt", "application/client-authentication+jwt")) {
      presented(assertion("signer").header("typ", type).signed(keys.ec(), "ES256")).isGranted();
    }
    presented(assertion("signer").header("typ", null).signed(keys.ec(), "ES256")).isGranted();
    presented(assertion("signer").header("typ", "at+jwt").signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseOneOfAnotherIssuerOrForAnotherAudienceAndOneThatNamesNobody() {
    presented(assertion("signer").claim("iss", "https://issuer.example").signed(keys.ec(), "ES256"))
        .isRefused(400, "invalid_client");
    presented(assertion("signer").claim("sub", "other-signer").signed(keys.ec(), "ES256"))
        .isRefused(400, "invalid_client");
    for (String missing : List.of("iss", "sub", "aud")) {
      presented(assertion("signer").claim(missing, null).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    }
    presented(assertion("signer").claim("aud", tokenUrl + "/").signed(keys.ec(), "ES256"))
        .isRefused(400, "invalid_client");
    String good = assertion("signer").signed(keys.ec(), "ES256");
    presented(good.substring(0, good.length() - 6) + (good.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA"))
        .isRefused(400, "invalid_client");
  }

  @Test
  void shouldServeEveryGrantAndTheOtherEndpoints() {
    // Given
    String callback = "https://signer.example/callback";
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("signer", callback, pkce);

    // When
    RawAnswer tokens = answerTo(RawRequest.token("grant_type", "authorization_code", "code", code, "redirect_uri",
        callback, "code_verifier", pkce.verifier(), "client_assertion_type", TYPE, "client_assertion", fresh()));

    // Then
    tokens.isGranted();
    RawAnswer refreshed = answerTo(RawRequest.token("grant_type", "refresh_token", "refresh_token",
        tokens.text("refresh_token"), "client_assertion_type", TYPE, "client_assertion", fresh())).isGranted();
    RawAnswer revoked = answerTo(RawRequest.token("token", refreshed.text("refresh_token"), "client_assertion_type", TYPE,
        "client_assertion", fresh()).at("/connect/revocation"));
    assertThat(revoked.status()).as(revoked.toString()).isEqualTo(200);
  }

  // client_secret_jwt

  @Test
  void shouldTakeAMacOfTheSharedSecret() {
    presented(assertion("mac-signer").signed(secret("mac-signer"), "HS256")).isGranted();
    presented(assertion("mac-signer").signed(secret("psauth-signer"), "HS256")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldTakePsAuthClientsMacWhereTheClientIsRegisteredForIt() {
    answerTo(request(assertion("psauth-signer").prettyPrinted().encodedTwice(secret("psauth-signer")))
        .and("client_id", "psauth-signer")).isGranted();
    presented(assertion("mac-signer").encodedTwice(secret("mac-signer"))).isRefused(400, "invalid_client");
  }

  @Test
  void shouldNotTakeTheSecretItself() {
    answerTo(RawRequest.clientCredentials().basic(system.registry().client("mac-signer")))
        .isRefused(401, "invalid_client");
  }

  // Once

  @Test
  void shouldTakeAnAssertionOnce() {
    String assertion = assertion("signer").signed(keys.ec(), "ES256");

    presented(assertion).isGranted();
    RawAnswer again = presented(assertion).isRefused(400, "invalid_client");
    assertThat(again.text("error_description")).contains("a jti of its own");
    // Nor another with its jti, even at another endpoint.
    String jti = "jti-" + Instant.now();
    presented(assertion("signer").claim("jti", jti).signed(keys.ec(), "ES256")).isGranted();
    presented(assertion("signer").claim("jti", jti).signed(keys.rsa(), "RS256")).isRefused(400, "invalid_client");
    answerTo(RawRequest.tokenForm("scope=orders.read").at("/connect/deviceauthorization")
        .and("client_assertion_type", TYPE)
        .and("client_assertion", assertion("signer").claim("jti", jti).signed(keys.ec(), "ES256")))
        .isRefused(400, "invalid_client");
    // Of another client it is another.
    presented(assertion("other-signer").claim("jti", jti).signed(keys.other(), "RS256")).isGranted();
  }

  @Test
  void shouldTakeItForOneOfTwentyAtOnce() {
    String assertion = assertion("signer").signed(keys.ec(), "ES256");
    TokenClient nobody = new TokenClient(system.edge(), "signer", java.util.Optional.empty());

    List<CompletableFuture<Answer>> all = IntStream.range(0, 20).mapToObj(number -> nobody.tokenAsync(
        "client_credentials", "client_assertion_type", TYPE, "client_assertion", assertion)).toList();

    List<Answer> answers = all.stream().map(TokenClient::join).toList();
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 400).map(Answer::error))
        .hasSize(19).containsOnly("invalid_client");
  }

  // Attacks

  @Test
  void shouldNotTakeAPublicKeyForASecret() throws Exception {
    RSAKey publicKey = keys.rsa().toPublicJWK();
    String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'})
        .encodeToString(publicKey.toRSAPublicKey().getEncoded()) + "\n-----END PUBLIC KEY-----\n";

    for (byte[] guess : List.of(pem.getBytes(StandardCharsets.US_ASCII), publicKey.toRSAPublicKey().getEncoded(),
        publicKey.toJSONString().getBytes(StandardCharsets.UTF_8))) {
      presented(assertion("signer").signed(guess, "HS256")).isRefused(400, "invalid_client");
      presented(assertion("signer").encodedTwice(guess)).isRefused(400, "invalid_client");
    }
  }

  @Test
  void shouldNotTakeAnUnsignedOne() {
    for (String algorithm : List.of("none", "None", "NONE", "")) {
      for (String client : List.of("signer", "mac-signer", "psauth-signer")) {
        presented(assertion(client).header("alg", algorithm).with("")).isRefused(400, "invalid_client");
        presented(assertion(client).header("alg", algorithm).with("AAAA")).isRefused(400, "invalid_client");
      }
    }
  }

  @Test
  void shouldNotTakeAKeyThatTheHeaderBrings() throws Exception {
    RSAKey own = new RSAKeyGenerator(2048).generate();

    presented(assertion("signer").header("jwk", own.toPublicJWK().toJSONObject()).signed(own, "RS256"))
        .isRefused(400, "invalid_client");
    presented(assertion("signer").header("jku", "https://attacker.example/jwks").signed(own, "RS256"))
        .isRefused(400, "invalid_client");
    presented(assertion("signer").header("x5u", "https://attacker.example/x5u").signed(own, "RS256"))
        .isRefused(400, "invalid_client");
    presented(assertion("signer").header("x5c", List.of("MIIB")).signed(own, "RS256")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldNotTakeAnotherClientsOrAnotherTenantsAssertion() {
    presented(assertion("signer").header("kid", "rsa-1").signed(keys.other(), "RS256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("iss", "other-signer").signed(keys.rsa(), "RS256"))
        .isRefused(400, "invalid_client");
    answerTo(request(assertion("signer").signed(keys.ec(), "ES256")).and("client_id", "other-signer"))
        .isRefused(400, "invalid_client");
    // The same id and the same keys at both tenants: aud keeps them apart.
    answerTo(request(assertion("signer").signed(keys.ec(), "ES256")).at("/acme/connect/token"))
        .isRefused(400, "invalid_client");
    String acme = system.publicUrl() + "/acme/connect/token";
    presented(assertion("signer").claim("aud", acme).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    answerTo(request(assertion("signer").claim("aud", acme).signed(keys.ec(), "ES256")).at("/acme/connect/token"))
        .isGranted();
  }

  @Test
  void shouldRefuseOneOutOfItsTime() {
    long now = Instant.now().getEpochSecond();

    presented(assertion("signer").claim("exp", now - 60).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("exp", now + 7_200).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("nbf", now + 120).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("iat", now + 120).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("exp", null).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    presented(assertion("signer").claim("jti", null).signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseOversizedAndDeeplyNestedOnes() {
    presented(assertion("signer").claim("x", "x".repeat(20_000)).signed(keys.ec(), "ES256"))
        .isRefused(400, "invalid_client");
    String deep = keys.base64url(("{\"alg\":" + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
    presented(deep + ".e30.AAAA").isRefused(400, "invalid_client");
    presented("e30." + deep + ".AAAA").isRefused(400, "invalid_client");
  }

  @Test
  void shouldRefuseASecondMethodBesideIt() {
    answerTo(request(fresh()).and("client_secret", "x")).isRefused(400, "invalid_request");
    answerTo(request(fresh()).basic(system.registry().client("service"))).isRefused(400, "invalid_request");
  }

  @Test
  void shouldTellNobodyWhichClientsThereAre() {
    RawAnswer unknown = presented(assertion("nobody").signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    RawAnswer wrong = presented(assertion("other-signer").signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");
    RawAnswer none = presented(assertion("service").signed(keys.ec(), "ES256")).isRefused(400, "invalid_client");

    assertThat(unknown.text()).isEqualTo(wrong.text()).isEqualTo(none.text());
  }

  // Questions

  @Test
  void shouldTakeItOnceForAQuestionAsWell() {
    String token = presented(fresh()).isGranted().text("access_token");
    String assertion = fresh();

    RawAnswer seen = answerTo(question(token, assertion));
    RawAnswer again = answerTo(question(token, assertion)).isRefused(401, "invalid_client");

    assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
    assertThat(seen.json().get("active").asBoolean()).isTrue();
    assertThat(again.text("error_description")).contains("a jti of its own");
    // Nor for anything else, and what was spent on something else not for a question.
    presented(assertion).isRefused(400, "invalid_client");
    String spent = fresh();
    presented(spent).isGranted();
    answerTo(question(token, spent)).isRefused(401, "invalid_client");
  }

  @Test
  void shouldTakeItForOneOfTwentyQuestionsAtOnce() {
    String token = presented(fresh()).isGranted().text("access_token");
    String assertion = fresh();

    List<CompletableFuture<RawAnswer>> all = IntStream.range(0, 20)
        .mapToObj(number -> CompletableFuture.supplyAsync(() -> answerTo(question(token, assertion)))).toList();

    List<RawAnswer> answers = all.stream().map(CompletableFuture::join).toList();
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 401)).hasSize(19);
  }

  @Test
  void shouldTakeItOnceForAQuestionWhoseAnswerIsSigned() {
    String token = presented(fresh()).isGranted().text("access_token");
    String assertion = fresh();
    RawRequest question = question(token, assertion).header("Accept", "application/token-introspection+jwt");

    RawAnswer signed = answerTo(question);

    assertThat(signed.status()).as(signed.toString()).isEqualTo(200);
    assertThat(signed.text().split("\\.")).hasSize(3);
    answerTo(question).isRefused(401, "invalid_client");
    answerTo(question(token, assertion)).isRefused(401, "invalid_client");
  }

  @Test
  void shouldTakeAMacForAQuestion() {
    WrittenAssertion assertion = assertion("mac-signer");
    String token = presented(assertion("mac-signer").signed(secret("mac-signer"), "HS256")).isGranted()
        .text("access_token");

    RawAnswer seen = answerTo(question(token, assertion.signed(secret("mac-signer"), "HS256")));

    assertThat(seen.status()).as(seen.toString()).isEqualTo(200);
    assertThat(seen.json().get("active").asBoolean()).isTrue();
  }

  @Test
  void shouldAnswerNoQuestionOfWhomItDoesNotProve() {
    String token = presented(fresh()).isGranted().text("access_token");
    long now = Instant.now().getEpochSecond();
    List<String> attacks = List.of(
        assertion("signer").header("kid", "rsa-1").signed(keys.other(), "RS256"),
        assertion("signer").header("alg", "none").with(""),
        assertion("signer").claim("aud", "https://elsewhere.example").signed(keys.ec(), "ES256"),
        assertion("signer").claim("exp", now - 60).signed(keys.ec(), "ES256"),
        assertion("signer").claim("jti", null).signed(keys.ec(), "ES256"),
        assertion("signer").claim("x", "x".repeat(20_000)).signed(keys.ec(), "ES256"));

    for (String attack : attacks) {
      answerTo(question(token, attack)).isRefused(401, "invalid_client");
    }
    answerTo(question(token, fresh()).and("client_secret", "x")).isRefused(400, "invalid_request");
  }

  private static RawRequest question(String token, String assertion) {
    return RawRequest.token("token", token).at("/connect/introspect").and("client_assertion_type", TYPE)
        .and("client_assertion", assertion);
  }

  // What is said of it

  @Test
  void shouldRecordAReplayInTheAudit() {
    String assertion = assertion("signer").signed(keys.ec(), "ES256");
    presented(assertion).isGranted();
    long before = replays();

    presented(assertion).isRefused(400, "invalid_client");

    assertThat(replays()).isEqualTo(before + 1);
  }

  @Test
  void shouldAdvertiseMethodsAndAlgorithms() {
    JsonNode metadata = answerTo(RawRequest.of("GET", "/.well-known/openid-configuration")).json();

    assertThat(metadata.get("token_endpoint_auth_methods_supported")).extracting(JsonNode::asText)
        .contains("private_key_jwt", "client_secret_jwt");
    assertThat(metadata.get("token_endpoint_auth_signing_alg_values_supported")).extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
            "EdDSA", "HS256", "HS384", "HS512");
  }

  private long replays() {
    return new Log(system).events(TokenDenied.class).stream()
        .filter(event -> event.getHeader().getClientId().equals("signer"))
        .filter(event -> event.toString().contains("a jti of its own")).count();
  }

  private WrittenAssertion assertion(String client) {
    return WrittenAssertion.of(client, tokenUrl, Instant.now());
  }

  private String fresh() {
    return assertion("signer").signed(keys.ec(), "ES256");
  }

  private byte[] secret(String client) {
    return system.registry().client(client).secret().getBytes(StandardCharsets.UTF_8);
  }

  private static RawRequest request(String assertion) {
    return RawRequest.clientCredentials().and("client_assertion_type", TYPE).and("client_assertion", assertion);
  }

  private RawAnswer presented(String assertion) {
    return answerTo(request(assertion));
  }

  private RawAnswer answerTo(RawRequest request) {
    return RawConnection.exchange(system.edge(), request);
  }
}
