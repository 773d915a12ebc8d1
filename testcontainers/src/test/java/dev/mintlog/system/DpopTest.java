package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.edge.Edge;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DemoClient;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449: tokens bound to the key that proofs are signed with. */
class DpopTest {
  private static final String SPA = "https://spa.example/callback";
  private static final String WEB = "https://web.example/callback";
  private static final RunningSystem SYSTEM = RunningSystem.shared();
  private static final String TOKEN_URL = SYSTEM.publicUrl() + "/connect/token";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final DpopKey key = DpopKey.random();
  private final DpopKey thief = DpopKey.random();

  @Nested
  class AToken {
    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "EdDSA", "PS256", "RS256"})
    void shouldBeBoundToTheKeyOfTheProof(String algorithm) throws Exception {
      DpopKey made = DpopKey.of(algorithm);

      Answer answer = clientCredentials(made.proof(TOKEN_URL));

      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      assertThat(answer.text("token_type")).isEqualTo("DPoP");
      assertThat(boundTo(answer)).isEqualTo(made.thumbprint());
    }

    @Test
    void shouldBeABearerTokenWithoutAProof() throws Exception {
      Answer answer = clientCredentials();

      assertThat(answer.text("token_type")).isEqualTo("Bearer");
      assertThat(SYSTEM.relyingParty().verified(answer.accessToken()).getClaim("cnf")).isNull();
    }

    // Of the two clients the one has JWTs, the other handles.
    @ParameterizedTest
    @ValueSource(strings = {"planner", "opaque"})
    void shouldNotBeExchangedForOneThatIsNotBound(String client) throws Exception {
      Answer bound = boundTokenOf(client);

      Answer without = exchange(bound);
      Answer byAnotherKey = exchange(bound, thief.proof(TOKEN_URL));

      refused("invalid_request", without);
      assertThat(without.text("error_description")).contains("bound to another key");
      refused("invalid_request", byAnotherKey);
    }

    @ParameterizedTest
    @ValueSource(strings = {"planner", "opaque"})
    void shouldNotBeGoneOnWithByTheApiThatItWasShownTo(String client) throws Exception {
      Answer bound = boundTokenOf(client);

      for (List<String> proofs : List.of(List.<String>of(), List.of(thief.proof(TOKEN_URL)))) {
        refused("invalid_grant", send("orders-backend", proofs, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "requested_token_use", "on_behalf_of", "assertion", bound.accessToken(), "scope", "billing.read"));
      }
    }

    /** An exchange takes no key off a token. */
    @ParameterizedTest
    @ValueSource(strings = {"planner", "opaque"})
    void shouldBeExchangedByWhoProvesItsKeyForOneThatIsBoundToIt(String client) throws Exception {
      Answer exchanged = exchange(boundTokenOf(client), key.proof(TOKEN_URL));

      assertThat(exchanged.status()).as(exchanged.toString()).isEqualTo(200);
      assertThat(exchanged.text("token_type")).isEqualTo("DPoP");
      assertThat(boundTo(exchanged)).isEqualTo(key.thumbprint());
    }

    private Answer boundTokenOf(String client) throws Exception {
      Pkce pkce = Pkce.random();
      String redirect = "https://" + client + ".example/callback";
      Answer code = SYSTEM.loginApplication().create(client, redirect, pkce, "scope", "orders.read");
      Answer bound = send(client, List.of(key.proof(TOKEN_URL)), "grant_type", "authorization_code",
          "code", code.text("code"), "code_verifier", pkce.verifier(), "redirect_uri", redirect);
      assertThat(bound.text("token_type")).as(bound.toString()).isEqualTo("DPoP");
      return bound;
    }

    private static Answer exchange(Answer bound, String... proofs) throws Exception {
      return send("gateway", List.of(proofs),
          "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token", bound.accessToken(),
          "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
    }

    @Test
    void shouldBeRefusedWithoutAProofToAClientThatMustHaveBoundOnes() throws Exception {
      refused("invalid_request", send("dpop-service", List.of(), "grant_type", "client_credentials"));
      assertThat(send("dpop-service", List.of(key.proof(TOKEN_URL)), "grant_type", "client_credentials").status())
          .isEqualTo(200);
    }

    @Test
    void shouldSayInTheMetadataWhichAlgorithmsProofsMayHave() throws Exception {
      assertThat(TokenClient.get(URI.create(SYSTEM.edge() + "/.well-known/openid-configuration")).json()
          .get("dpop_signing_alg_values_supported")).extracting(name -> name.asText())
          .contains("ES256", "EdDSA", "PS256", "RS256").doesNotContain("none", "HS256");
    }
  }

  @Nested
  class AProof {
    @Test
    void shouldBeGoodForOneRequest() throws Exception {
      String proof = key.proof(TOKEN_URL);

      assertThat(clientCredentials(proof).status()).isEqualTo(200);
      refused("invalid_dpop_proof", clientCredentials(proof));
      refused("invalid_dpop_proof", send("planner", List.of(proof), "grant_type", "client_credentials"));
    }

    @Test
    void shouldBeGoodForOneOfManyAtOnceWhicheverEdgeTheyReach() {
      try (Edge other = SYSTEM.startEdge()) {
        String proof = key.proof(TOKEN_URL);
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          URI edge = i % 2 == 0 ? SYSTEM.edge() : URI.create("http://127.0.0.1:" + other.port());
          answers.add(HTTP.sendAsync(
              request(edge, "service", List.of(proof), "grant_type", "client_credentials"), BodyHandlers.ofString()));
        }
        assertThat(answers.stream().map(TokenClient::join).filter(answer -> answer.statusCode() == 200)).hasSize(1);
      }
    }

    @Test
    void shouldNameTheMethodAndTheUrlOfTheRequest() throws Exception {
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.claim("htm", "GET"))));
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.claim("htm", "post"))));
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.claim("htm", null))));
      for (String url : new String[] {"https://attacker.example/connect/token", TOKEN_URL + "/x",
          SYSTEM.publicUrl() + "/oauth2/token", SYSTEM.publicUrl() + "/acme/connect/token", "/connect/token", ""}) {
        refused("invalid_dpop_proof", clientCredentials(key.proof(url)));
      }
      for (String url : new String[] {TOKEN_URL + "?a=b#c", TOKEN_URL.replace("http:", "HTTP:")}) {
        assertThat(clientCredentials(key.proof(url)).status()).as(url).isEqualTo(200);
      }
    }

    @Test
    void shouldBeOfNow() throws Exception {
      refused("invalid_dpop_proof", clientCredentials(issued(Instant.now().minus(Duration.ofMinutes(2)))));
      refused("invalid_dpop_proof", clientCredentials(issued(Instant.now().plus(Duration.ofMinutes(2)))));
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.issueTime(null))));
      assertThat(clientCredentials(issued(Instant.now().minusSeconds(30))).status()).isEqualTo(200);
    }

    @Test
    void shouldHaveAJtiAndTheTypeOfProofs() throws Exception {
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.jwtID(null))));
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL, claims -> claims.jwtID("j".repeat(257)))));
      refused("invalid_dpop_proof", clientCredentials(
          key.proof(TOKEN_URL, claims -> { }, header -> header.type(JOSEObjectType.JWT))));
      refused("invalid_dpop_proof", clientCredentials(
          key.proof(TOKEN_URL, claims -> { }, header -> header.type(null))));
    }

    @Test
    void shouldBeSignedByTheKeyItShows() throws Exception {
      refused("invalid_dpop_proof", clientCredentials(
          key.proof(TOKEN_URL, claims -> { }, header -> header.jwk(thief.jwk().toPublicJWK()))));
      String[] parts = key.proof(TOKEN_URL).split("\\.");
      String[] others = key.proof(TOKEN_URL).split("\\.");
      refused("invalid_dpop_proof", clientCredentials(parts[0] + "." + others[1] + "." + parts[2]));
      refused("invalid_dpop_proof", clientCredentials(parts[0] + "." + parts[1] + "."));
      refused("invalid_dpop_proof", clientCredentials(
          key.proof(TOKEN_URL, claims -> { }, header -> header.jwk(null).keyID("known"))));
    }

    @Test
    void shouldNotBeUnsignedNorSignedWithASharedKey() throws Exception {
      String claims = Base64URL.encode("{\"jti\":\"" + UUID.randomUUID() + "\",\"htm\":\"POST\",\"htu\":\"" + TOKEN_URL
          + "\",\"iat\":" + Instant.now().getEpochSecond() + "}").toString();
      String jwk = key.jwk().toPublicJWK().toJSONString();

      for (String alg : new String[] {"none", "None", "NONE", ""}) {
        String header =
            Base64URL.encode("{\"typ\":\"dpop+jwt\",\"alg\":\"" + alg + "\",\"jwk\":" + jwk + "}").toString();
        refused("invalid_dpop_proof", clientCredentials(header + "." + claims + "."));
      }
      // The public key as the secret of an HMAC, and a symmetric key that the attacker shows.
      for (String shown : new String[] {jwk, "{\"kty\":\"oct\",\"k\":\"" + "a".repeat(43) + "\"}"}) {
        String header = Base64URL.encode("{\"typ\":\"dpop+jwt\",\"alg\":\"HS256\",\"jwk\":" + shown + "}").toString();
        JWSObject mac = new JWSObject(new JWSHeader(JWSAlgorithm.HS256), new Payload(Base64URL.from(claims)));
        mac.sign(new MACSigner(jwk.getBytes()));
        refused("invalid_dpop_proof", clientCredentials(header + "." + claims + "." + mac.getSignature()));
      }
    }

    @Test
    void shouldNotShowAPrivateKey() throws Exception {
      String[] parts = key.proof(TOKEN_URL).split("\\.");
      Base64URL header = Base64URL.encode(
          "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + key.jwk().toJSONString() + "}");
      JWSHeader parsed = new JWSHeader(JWSAlgorithm.ES256);
      Base64URL signature =
          key.signer().sign(parsed, (header + "." + parts[1]).getBytes(java.nio.charset.StandardCharsets.US_ASCII));

      Answer answer = clientCredentials(header + "." + parts[1] + "." + signature);

      refused("invalid_dpop_proof", answer);
      assertThat(answer.text("error_description")).contains("private")
          .doesNotContain(key.jwk().toECKey().getD().toString());
    }

    @Test
    void shouldBeOneAndReadable() throws Exception {
      refused("invalid_dpop_proof", clientCredentials(key.proof(TOKEN_URL), key.proof(TOKEN_URL)));
      for (String proof : new String[] {"", "a", "a.b.c", "..", "e30.e30.e30", "x".repeat(4_001)}) {
        refused("invalid_dpop_proof", clientCredentials(proof));
      }
    }
  }

  @Nested
  class ACodeWithDpopJkt {
    @Test
    void shouldBeRedeemedByItsKeyOnly() throws Exception {
      Pkce pkce = Pkce.random();
      String code = SYSTEM.loginApplication().code("spa", SPA, pkce, "dpop_jkt", key.thumbprint());

      // Whoever stole code and verifier has another key, or none.
      refused("invalid_dpop_proof", redeem("spa", code, pkce, SPA, thief.proof(TOKEN_URL)));
      refused("invalid_dpop_proof", redeem("spa", code, pkce, SPA));

      Answer tokens = redeem("spa", code, pkce, SPA, key.proof(TOKEN_URL));
      assertThat(tokens.text("token_type")).isEqualTo("DPoP");
      assertThat(boundTo(tokens)).isEqualTo(key.thumbprint());
    }

    @Test
    void shouldNotBeMadeForSomethingElseThanAThumbprint() {
      for (String jkt : new String[] {"short", "+".repeat(43), "a".repeat(44)}) {
        Answer answer = SYSTEM.loginApplication().create("spa", SPA, Pkce.random(), "dpop_jkt", jkt);

        assertThat(answer.status()).as(jkt).isEqualTo(400);
        assertThat(answer.text("error_description")).contains("dpop_jkt");
      }
    }
  }

  @Nested
  class ARefreshToken {
    @Test
    void shouldBeGoodWithItsKeyOnlyForAPublicClient() throws Exception {
      Answer first = tokens("spa", SPA, key.proof(TOKEN_URL));

      refused("invalid_dpop_proof", refresh("spa", first, thief.proof(TOKEN_URL)));
      refused("invalid_request", refresh("spa", first));

      Answer second = refresh("spa", first, key.proof(TOKEN_URL));
      assertThat(second.status()).as(second.toString()).isEqualTo(200);
      assertThat(second.text("token_type")).isEqualTo("DPoP");
      assertThat(boundTo(second)).isEqualTo(key.thumbprint());
      refused("invalid_dpop_proof", refresh("spa", second, thief.proof(TOKEN_URL)));
      assertThat(refresh("spa", second, key.proof(TOKEN_URL)).status()).as("nothing was revoked").isEqualTo(200);
    }

    @Test
    void shouldNotBecomeABoundOne() throws Exception {
      Answer bearer = redeemed("spa");

      refused("invalid_request", refresh("spa", bearer, key.proof(TOKEN_URL)));
      assertThat(refresh("spa", bearer).status()).isEqualTo(200);
    }

    @Test
    void shouldFollowTheKeyThatAConfidentialClientChanges() throws Exception {
      Answer first = tokens("web", WEB, key.proof(TOKEN_URL));
      DpopKey next = DpopKey.random();

      Answer second = refresh("web", first, next.proof(TOKEN_URL));

      assertThat(boundTo(second)).isEqualTo(next.thumbprint());
      refused("invalid_request", refresh("web", second));
    }
  }

  @Nested
  class ANonce {
    @Test
    void shouldBeGivenToWhoHasNoneAndBeTaken() throws Exception {
      Answer without = send("dpop-nonce", List.of(key.proof(TOKEN_URL)), "grant_type", "client_credentials");
      refused("use_dpop_nonce", without);
      String nonce = without.header("DPoP-Nonce").orElseThrow();

      Answer with = send("dpop-nonce", List.of(withNonce(nonce)), "grant_type", "client_credentials");

      assertThat(with.status()).as(with.toString()).isEqualTo(200);
      assertThat(with.header("DPoP-Nonce")).as("the next one").isPresent();
      assertThat(boundTo(with)).isEqualTo(key.thumbprint());
    }

    @Test
    void shouldBeOneOfOurs() throws Exception {
      String ours = send("dpop-nonce", List.of(key.proof(TOKEN_URL)), "grant_type", "client_credentials")
          .header("DPoP-Nonce").orElseThrow();
      String old = (Instant.now().getEpochSecond() - 3_600) + ours.substring(ours.indexOf('.'));
      for (String nonce : new String[] {"", "guessed", old, ours + "x", ours.substring(0, ours.length() - 1)}) {
        Answer answer = send("dpop-nonce", List.of(withNonce(nonce)), "grant_type", "client_credentials");

        refused("use_dpop_nonce", answer);
        assertThat(answer.header("DPoP-Nonce")).isPresent();
      }
    }

    @Test
    void shouldBeTakenByAnyEdge() throws Exception {
      String nonce = send("dpop-nonce", List.of(key.proof(TOKEN_URL)), "grant_type", "client_credentials")
          .header("DPoP-Nonce").orElseThrow();
      try (Edge other = SYSTEM.startEdge()) {
        HttpRequest request = request(URI.create("http://127.0.0.1:" + other.port()), "dpop-nonce",
            List.of(withNonce(nonce)), "grant_type", "client_credentials");

        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }

    @Test
    void shouldNotMakeAProofGoodTwice() throws Exception {
      String nonce = send("dpop-nonce", List.of(key.proof(TOKEN_URL)), "grant_type", "client_credentials")
          .header("DPoP-Nonce").orElseThrow();
      String proof = withNonce(nonce);

      assertThat(send("dpop-nonce", List.of(proof), "grant_type", "client_credentials").status()).isEqualTo(200);
      refused("invalid_dpop_proof", send("dpop-nonce", List.of(proof), "grant_type", "client_credentials"));
    }

    @Test
    void shouldBeWantedOfEveryClientOfATenantThatWantsIt() throws Exception {
      // Given a client without a policy of its own
      String url = SYSTEM.publicUrl() + "/nonced/connect/token";

      Answer without = ofTenant(key.proof(url));
      Answer guessed = ofTenant(key.proof(url, claims -> claims.claim("nonce", "guessed")));
      Answer with = ofTenant(key.proof(url, claims -> claims.claim("nonce",
          without.header("DPoP-Nonce").orElseThrow())));

      refused("use_dpop_nonce", without);
      refused("use_dpop_nonce", guessed);
      assertThat(with.status()).as(with.toString()).isEqualTo(200);
      assertThat(with.text("token_type")).isEqualTo("DPoP");
      assertThat(with.header("DPoP-Nonce")).as("the next one").isPresent();
      assertThat(ofTenant().text("token_type")).as("who brings no proof needs no nonce").isEqualTo("Bearer");
      assertThat(clientCredentials(key.proof(TOKEN_URL)).status()).as("in another tenant").isEqualTo(200);
    }

    private static Answer ofTenant(String... proofs) throws Exception {
      return Answer.of(HTTP.send(request(SYSTEM.edge("nonced"),
          SYSTEM.registry().client("nonced", "service"), List.of(proofs), "grant_type", "client_credentials"),
          BodyHandlers.ofString()));
    }

    private String withNonce(String nonce) {
      return key.proof(TOKEN_URL, claims -> claims.claim("nonce", nonce));
    }
  }

  private String issued(Instant at) {
    return key.proof(TOKEN_URL, claims -> claims.issueTime(Date.from(at)));
  }

  private static Answer tokens(String client, String redirectUri, String proof) throws Exception {
    Pkce pkce = Pkce.random();
    Answer answer =
        redeem(client, SYSTEM.loginApplication().code(client, redirectUri, pkce), pkce, redirectUri, proof);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  private static Answer redeemed(String client) throws Exception {
    Pkce pkce = Pkce.random();
    Answer answer = redeem(client, SYSTEM.loginApplication().code(client, SPA, pkce), pkce, SPA);
    assertThat(answer.text("token_type")).as(answer.toString()).isEqualTo("Bearer");
    return answer;
  }

  private static Answer redeem(String client, String code, Pkce pkce, String redirectUri, String... proofs)
      throws Exception {
    return send(client, List.of(proofs), "grant_type", "authorization_code", "code", code,
        "code_verifier", pkce.verifier(), "redirect_uri", redirectUri);
  }

  private static Answer refresh(String client, Answer tokens, String... proofs) throws Exception {
    return send(client, List.of(proofs), "grant_type", "refresh_token", "refresh_token", tokens.refreshToken());
  }

  private static Answer clientCredentials(String... proofs) throws Exception {
    return send("service", List.of(proofs), "grant_type", "client_credentials", "scope", "orders.read");
  }

  private static Answer send(String client, List<String> proofs, String... fields) throws Exception {
    return Answer.of(HTTP.send(request(SYSTEM.edge(), client, proofs, fields), BodyHandlers.ofString()));
  }

  private static HttpRequest request(URI edge, String client, List<String> proofs, String... fields) {
    if (!client.equals("spa")) {
      return request(edge, SYSTEM.registry().client(client), proofs, fields);
    }
    List<String> all = new ArrayList<>(Arrays.asList(fields));
    all.addAll(List.of("client_id", client));
    return request(edge, proofs, all.toArray(String[]::new)).build();
  }

  private static HttpRequest request(URI edge, DemoClient client, List<String> proofs, String... fields) {
    return request(edge, proofs, fields)
        .header("Authorization", TokenClient.basic(client.id(), client.secret())).build();
  }

  private static HttpRequest.Builder request(URI edge, List<String> proofs, String... fields) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(edge + "/connect/token"))
        .timeout(Duration.ofSeconds(40)).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(TokenClient.form(TokenClient.fields(fields))));
    proofs.forEach(proof -> request.header("DPoP", proof));
    return request;
  }

  private static Object boundTo(Answer answer) throws Exception {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    Map<String, Object> cnf = SYSTEM.relyingParty().verified(answer.accessToken()).getJSONObjectClaim("cnf");
    assertThat(cnf).containsOnlyKeys("jkt");
    return cnf.get("jkt");
  }

  private static void refused(String error, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
  }
}
