package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.edge.fixture.WrittenAssertion;
import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.AttackersServer;
import dev.mintlog.fixture.MadeCertificate;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RelyingParty;
import dev.mintlog.fixture.RunningSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Tokens that look like ours and are not, at every place that reads one: RFC 8725 §2. Each place is shown the token that
 * it does take as well.
 */
class HostileTokensTest {
  private final RunningSystem system = RunningSystem.shared();
  private final RSAKey own = rsaKey();

  @TestFactory
  Stream<DynamicTest> shouldTakeNoAlgorithmButThatOfTheKey() {
    return everywhere(token -> {
      JWK key = system.relyingParty().keys().getKeyByKeyId(RelyingParty.header(token).getKeyID());
      Map<String, String> hostile = new LinkedHashMap<>();
      for (String none : List.of("none", "None", "NONE")) {
        hostile.put(none, like(token).header("alg", none).with(""));
        hostile.put(none + " with a signature", like(token).header("alg", none).with(part(token, 2)));
      }
      for (String algorithm : List.of("HS256", "HS384", "HS512")) {
        hostile.put(algorithm + " of the public key", like(token).signed(publicKey(key).getEncoded(), algorithm));
        hostile.put(algorithm + " of the JWK",
            like(token).signed(key.toJSONString().getBytes(StandardCharsets.UTF_8), algorithm));
      }
      // Each of them with the key's own signature, which is one of another algorithm.
      Stream.of("PS256", "RS384", "ES256", "EdDSA").forEach(algorithm ->
          hostile.put("said to be " + algorithm, like(token).header("alg", algorithm).with(part(token, 2))));
      // r and s of nothing but zeros fit any message where a library forgets to look, CVE-2022-21449.
      hostile.put("ES256 of zeros", like(token).header("alg", "ES256").header("kid", ecKey().getKeyID())
          .with(WrittenAssertion.base64url(new byte[64])));
      return hostile;
    });
  }

  @TestFactory
  Stream<DynamicTest> shouldTakeNoKeyThatTheTokenBrings() throws IOException {
    AttackersServer attacker = new AttackersServer(new JWKSet(own.toPublicJWK()).toString());
    Stream<DynamicTest> refusals = everywhere(token -> {
      Map<String, String> hostile = new LinkedHashMap<>();
      hostile.put("our kid", like(token).signed(own, "RS256"));
      hostile.put("no kid", like(token).header("kid", null).signed(own, "RS256"));
      hostile.put("jwk", like(token).header("jwk", own.toPublicJWK().toJSONObject()).signed(own, "RS256"));
      hostile.put("jku", like(token).header("jku", attacker.uri()).signed(own, "RS256"));
      hostile.put("x5u", like(token).header("x5u", attacker.uri()).signed(own, "RS256"));
      hostile.put("jku without kid", like(token).header("kid", null).header("jku", attacker.uri()).signed(own, "RS256"));
      MadeCertificate certified = MadeCertificate.rsa("CN=attacker");
      hostile.put("x5c", like(token).header("x5c", List.of(encoded(certified)))
          .signed(key(certified.keys()), "RS256"));
      hostile.put("kid that is a path",
          like(token).header("kid", "../../../../dev/null").signed(new byte[32], "HS256"));
      return hostile;
    });
    return Stream.concat(refusals, Stream.of(DynamicTest.dynamicTest("nobody asked for the attacker's keys", () -> {
      attacker.close();
      assertThat(attacker.requests()).isZero();
    })));
  }

  @TestFactory
  Stream<DynamicTest> shouldRefuseWhatWasChangedOrIsTooLongOrTooDeep() {
    return everywhere(token -> {
      String deep = "[".repeat(8_000) + "]".repeat(8_000);
      String more = "{\"sub\":\"root\",\"scope\":\"mintlog.login openid orders.write\",\"aud\":\"mintlog\"}";
      return Map.of(
          "other claims", part(token, 0) + "." + base64url(more) + "." + part(token, 2),
          "deep claims", part(token, 0) + "." + base64url("{\"x\":" + deep + "}") + "." + part(token, 2),
          "deep header", base64url("{\"alg\":\"RS256\",\"x\":" + deep + "}") + "." + part(token, 1) + ".a",
          "long header", base64url("{\"alg\":\"RS256\",\"x\":\"" + "x".repeat(22_000) + "\"}") + "." + part(token, 1)
              + ".a",
          "a header alone", part(token, 0) + "..",
          "an empty signature", part(token, 0) + "." + part(token, 1) + ".",
          "five parts", token + ".a.a",
          "not base64url", token.replace('.', '!'));
    });
  }

  @TestFactory
  Stream<DynamicTest> shouldRefuseATokenOfAnotherTenant() {
    Pkce pkce = Pkce.random();
    String web = "https://web.example/callback";
    Answer tokens = system.client("acme", "web").redeem(
        system.loginApplication("acme").code("web", web, pkce), pkce.verifier(), web);
    Answer login = system.client("acme", "login").clientCredentials();
    return everywhere(token -> Map.of("access token", tokens.accessToken(), "ID token", tokens.text("id_token"),
        "login application's", login.accessToken()));
  }

  @TestFactory
  Stream<DynamicTest> shouldTakeNoReferenceTokenThatIsNotGoodHere() {
    Answer ofAnotherTenant = system.client("acme", "opaque").clientCredentials("scope", "orders.read");
    String revoked = TokenPlace.reference(system);
    assertThat(system.client("opaque").revoke(revoked).status()).isEqualTo(200);
    return everywhere(TokenPlace.ofReferences(system), token -> {
      Map<String, String> hostile = new LinkedHashMap<>();
      // Behind the id of the key: secret, kind, generation, MAC.
      for (int at : List.of(10, 26, 27, 30, 45, 53)) {
        hostile.put("character " + at + " changed", changed(token, at));
      }
      hostile.put("another spelling", token.substring(0, 54) + "B");
      hostile.put("a character less", token.substring(1));
      hostile.put("a character more", token + "A");
      hostile.put("of another tenant", ofAnotherTenant.accessToken());
      hostile.put("revoked", revoked);
      return hostile;
    });
  }

  @TestFactory
  Stream<DynamicTest> shouldShowAReferenceTokenOfAnotherClientToNobodyElse() {
    String ofAnother = system.client("brief-opaque").clientCredentials("scope", "orders.read").accessToken();
    Map<String, TokenPlace> places = TokenPlace.ofReferences(system);
    // Whoever has the token may ask about its user.
    places.remove("userinfo");
    return everywhere(places, token -> Map.of("of another client", ofAnother));
  }

  private static String changed(String text, int at) {
    return text.substring(0, at) + (text.charAt(at) == 'A' ? 'E' : 'A') + text.substring(at + 1);
  }

  /** What somebody makes of a good token, by what it is. */
  private interface Forgery {
    Map<String, String> of(String token) throws Exception;
  }

  // Made where it is used: a token is for one place, and revoked at the end of one of them.
  private Stream<DynamicTest> everywhere(Forgery forgery) {
    return everywhere(TokenPlace.all(system), forgery);
  }

  private static Stream<DynamicTest> everywhere(Map<String, TokenPlace> places, Forgery forgery) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, TokenPlace> place : places.entrySet()) {
      tests.add(DynamicTest.dynamicTest(place.getKey(), () -> {
        String token = place.getValue().token();
        for (Map.Entry<String, String> hostile : forgery.of(token).entrySet()) {
          place.getValue().assertRefused(hostile.getValue(), hostile.getKey());
        }
        place.getValue().assertTaken(token);
      }));
    }
    return tests.stream();
  }

  // Header and claims of a token, to be signed anew.
  private static WrittenAssertion like(String token) {
    WrittenAssertion same = new WrittenAssertion();
    RelyingParty.header(token).toJSONObject().forEach(same::header);
    claims(token).forEach(same::claim);
    return same;
  }

  private static Map<String, Object> claims(String token) {
    try {
      return SignedJWT.parse(token).getPayload().toJSONObject();
    } catch (ParseException e) {
      throw new AssertionError(e);
    }
  }

  private ECKey ecKey() {
    return system.relyingParty().keys().getKeys().stream()
        .filter(key -> JWSAlgorithm.ES256.equals(key.getAlgorithm())).findFirst().orElseThrow().toECKey();
  }

  private static RSAPublicKey publicKey(JWK key) throws Exception {
    return key.toRSAKey().toRSAPublicKey();
  }

  private static RSAKey key(KeyPair keys) {
    return new RSAKey.Builder((RSAPublicKey) keys.getPublic()).privateKey(keys.getPrivate()).build();
  }

  private static String encoded(MadeCertificate certified) throws Exception {
    return Base64.getEncoder().encodeToString(certified.certificate().getEncoded());
  }

  private static String part(String token, int index) {
    return token.split("\\.")[index];
  }

  private static String base64url(String json) {
    return WrittenAssertion.base64url(json.getBytes(StandardCharsets.UTF_8));
  }

  private static RSAKey rsaKey() {
    try {
      return new RSAKeyGenerator(2048).generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }
}
