package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.edge.Edge;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.DpopKey;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** RFC 9449 §7 at the userinfo endpoint: access tokens that are bound to a key. */
class UserInfoDpopTest {
  private static final String PEOPLE = "https://people.example/callback";
  private static final Consumer<JWTClaimsSet.Builder> AS_IT_IS = claims -> { };

  private final RunningSystem system = RunningSystem.shared();
  private final String tokenUrl = system.publicUrl() + "/connect/token";
  private final String url = system.publicUrl() + "/connect/userinfo";
  private final DpopKey key = DpopKey.random();

  @Test
  void shouldTellWhoProvesTheKeyOfTheToken() {
    String token = token("people");

    Answer told = ask(token, key.proofFor(token, url, AS_IT_IS));

    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.text("sub")).isEqualTo("paula");
    assertThat(told.text("email")).isEqualTo("paula@example.org");
  }

  @Test
  void shouldTakeAProofOnce() {
    String token = token("people");
    String proof = key.proofFor(token, url, AS_IT_IS);

    assertThat(ask(token, proof).status()).isEqualTo(200);

    Answer again = refused("invalid_dpop_proof", ask(token, proof));
    assertThat(again.text("error_description")).contains("a jti of its own");
    String jti = "jti-" + Instant.now();
    assertThat(ask(token, key.proofFor(token, url, claims -> claims.jwtID(jti))).status()).isEqualTo(200);
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, url, claims -> claims.jwtID(jti).claim("x", 1))));
  }

  @Test
  void shouldTakeAProofForOneOfManyAtOnceWhicheverEdgeTheyReach() {
    String token = token("people");
    String proof = key.proofFor(token, url, AS_IT_IS);
    try (Edge other = system.startEdge()) {
      List<CompletableFuture<Answer>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        URI edge = i % 2 == 0 ? system.edge() : URI.create("http://127.0.0.1:" + other.port());
        all.add(CompletableFuture.supplyAsync(() -> TokenClient.userInfo(edge, "DPoP " + token, "DPoP", proof)));
      }
      List<Answer> answers = all.stream().map(TokenClient::join).toList();
      assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
      assertThat(answers.stream().filter(answer -> answer.status() == 401)).hasSize(19);
    }
  }

  /** RFC 9449 §7.2. */
  @Test
  void shouldRefuseItAsABearerTokenWithAndWithoutAProof() throws Exception {
    String token = token("people");

    for (Answer answer : List.of(TokenClient.userInfo(system.edge(), "Bearer " + token),
        TokenClient.userInfo(system.edge(), "Bearer " + token, "DPoP", key.proofFor(token, url, AS_IT_IS)),
        TokenClient.send(HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("access_token=" + token)).build()))) {
      Answer refused = refused("invalid_token", answer);
      assertThat(refused.header("WWW-Authenticate").orElse("")).contains("algs=\"ES256 ");
    }
  }

  @Test
  void shouldRefuseAnotherKeyAnotherTokenAnotherRequestAndNoProof() throws Exception {
    String token = token("people");
    String other = token("people");
    DpopKey thief = DpopKey.random();

    refused("invalid_token", ask(token, thief.proofFor(token, url, AS_IT_IS)));
    refused("invalid_dpop_proof", ask(token, key.proofFor(other, url, AS_IT_IS)));
    refused("invalid_dpop_proof", ask(token, key.proof(url, claims -> claims.claim("htm", "GET"))));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, url, claims -> claims.claim("htm", "POST"))));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, tokenUrl, AS_IT_IS)));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, system.publicUrl() + "/acme/connect/userinfo", AS_IT_IS)));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, url,
        claims -> claims.issueTime(Date.from(Instant.now().minus(Duration.ofMinutes(2)))))));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, url, claims -> claims.jwtID(null))));
    refused("invalid_dpop_proof", ask(token, key.proofFor(token, url, claims -> claims.claim("x", "x".repeat(3_200)))));
    refused("invalid_dpop_proof", ask(token, "a.b.c"));
    refused("invalid_dpop_proof", TokenClient.userInfo(system.edge(), "DPoP " + token));
    refused("invalid_dpop_proof", TokenClient.send(
        HttpRequest.newBuilder(URI.create(system.edge() + "/connect/userinfo")).header("Authorization", "DPoP " + token)
            .header("DPoP", key.proofFor(token, url, AS_IT_IS)).header("DPoP", key.proofFor(token, url, AS_IT_IS)).build()));
    // None of them was spent on the way, and nothing was revoked.
    assertThat(ask(token, key.proofFor(token, url, AS_IT_IS)).status()).isEqualTo(200);
  }

  @Test
  void shouldRefuseAnUnsignedProof() {
    String token = token("people");
    String[] parts = key.proofFor(token, url, AS_IT_IS).split("\\.");
    for (String algorithm : List.of("none", "None", "NONE", "")) {
      String header = Base64URL.encode("{\"typ\":\"dpop+jwt\",\"alg\":\"" + algorithm + "\",\"jwk\":"
          + key.jwk().toPublicJWK().toJSONString() + "}").toString();
      refused("invalid_dpop_proof", ask(token, header + "." + parts[1] + "."));
    }
  }

  @Test
  void shouldRefuseTheSchemeForATokenThatIsNotBound() {
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("people", PEOPLE, pkce, "subject", "paula");
    String token = system.client("people").redeem(code, pkce.verifier(), PEOPLE).accessToken();

    refused("invalid_token", ask(token, key.proofFor(token, url, AS_IT_IS)));
    assertThat(TokenClient.userInfo(system.edge(), "Bearer " + token).status()).isEqualTo(200);
  }

  @Test
  void shouldWantANonceWhereTheClientIsRegisteredForIt() {
    String first = key.proof(tokenUrl);
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("people-nonce", PEOPLE, pkce, "subject", "paula");
    String nonce = system.client("people-nonce").with("DPoP", first).redeem(code, pkce.verifier(), PEOPLE)
        .header("DPoP-Nonce").orElseThrow();
    String token = granted(system.client("people-nonce")
        .with("DPoP", key.proof(tokenUrl, claims -> claims.claim("nonce", nonce))).redeem(code, pkce.verifier(), PEOPLE))
        .accessToken();

    Answer without = refused("use_dpop_nonce", ask(token, key.proofFor(token, url, AS_IT_IS)));
    String next = without.header("DPoP-Nonce").orElseThrow();

    Answer told = granted(ask(token, key.proofFor(token, url, claims -> claims.claim("nonce", next))));
    assertThat(told.header("DPoP-Nonce")).as("the next one").isPresent();
    refused("use_dpop_nonce", ask(token, key.proofFor(token, url, claims -> claims.claim("nonce", "guessed"))));
  }

  @Test
  void shouldTakeAProofOnceForASignedAnswer() {
    String token = token("people-signed");
    String proof = key.proofFor(token, url, AS_IT_IS);

    Answer told = ask(token, proof);

    assertThat(told.status()).as(told.toString()).isEqualTo(200);
    assertThat(told.header("Content-Type")).contains("application/jwt");
    refused("invalid_dpop_proof", ask(token, proof));
  }

  @Test
  void shouldSayBothSchemesWhereThereIsNoToken() throws Exception {
    Answer nobody = TokenClient.get(URI.create(system.edge() + "/connect/userinfo"));

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.headers("WWW-Authenticate")).hasSize(2)
        .anySatisfy(challenge -> assertThat(challenge).isEqualTo("Bearer realm=\"mintlog\""))
        .anySatisfy(challenge -> assertThat(challenge).startsWith("DPoP ").contains("algs=\"").doesNotContain("error"));
  }

  private Answer ask(String token, String proof) {
    return TokenClient.userInfo(system.edge(), "DPoP " + token, "DPoP", proof);
  }

  private String token(String client) {
    Pkce pkce = Pkce.random();
    Answer created = system.loginApplication().create(client, PEOPLE, pkce, Map.of("subject", "paula",
        "scope", "openid email"));
    Answer tokens = granted(system.client(client).with("DPoP", key.proof(tokenUrl))
        .redeem(created.text("code"), pkce.verifier(), PEOPLE));
    assertThat(tokens.text("token_type")).isEqualTo("DPoP");
    return tokens.accessToken();
  }

  private static Answer granted(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer;
  }

  /** With a challenge of the scheme, RFC 9449 §7.1. */
  private static Answer refused(String error, Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
    assertThat(answer.error()).as(answer.toString()).isEqualTo(error);
    assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("DPoP ").contains("error=\"" + error + "\"");
    return answer;
  }
}
