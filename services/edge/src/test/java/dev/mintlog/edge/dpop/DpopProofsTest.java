package dev.mintlog.edge.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.edge.request.Checked;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §4.3, at its bounds; what the whole system answers, DpopTest of the system tests shows. */
class DpopProofsTest {
  private static final String URL = "https://id.example/connect/token";
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final ECKey KEY = key(Curve.P_256);

  private final DpopNonces nonces = new DpopNonces(SecretRing.of(RootSecret.random(new SecureRandom())));
  private final DpopProofs proofs = new DpopProofs(nonces);

  @Test
  void shouldTellTheKeyAndTheTimeOfAProof() throws Exception {
    DpopProof proof = accepted(verify(signed(claims -> { }), false));

    assertThat(proof.key().thumbprint()).isEqualTo(KEY.computeThumbprint().toString());
    assertThat(proof.jti()).isEqualTo("1");
    assertThat(proof.issuedAt()).isEqualTo(NOW);
    assertThat(proof.acceptedUntil()).isEqualTo(NOW.plusSeconds(70));
  }

  @ParameterizedTest
  @CsvSource({"-60, true", "-61, false", "10, true", "11, false"})
  void shouldTakeAnIatWithinItsWindow(int seconds, boolean taken) {
    assertThat(isAccepted(verify(signed(claims -> claims.issueTime(Date.from(NOW.plusSeconds(seconds)))), false)))
        .isEqualTo(taken);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE + 1_800_000_000L, -1, 0, Long.MAX_VALUE})
  void shouldRefuseAnIatThatIsNoTime(long iat) {
    assertThat(isAccepted(verify(signed(claims -> claims.claim("iat", iat)), false))).isFalse();
  }

  @Test
  void shouldGoByTheNonceWhereOneIsWanted() {
    Instant givenAt = NOW.minusSeconds(200);
    String nonce = nonces.at("default", givenAt);

    // A client whose clock is wrong.
    DpopProof proof = accepted(verify(
        signed(claims -> claims.claim("nonce", nonce).issueTime(Date.from(NOW.plusSeconds(9_000)))), true));

    assertThat(proof.issuedAt()).isEqualTo(givenAt);
    assertThat(error(verify(signed(claims -> { }), true))).isEqualTo("use_dpop_nonce");
    assertThat(error(verify(signed(claims -> claims.claim("nonce", 7)), true))).isEqualTo("use_dpop_nonce");
  }

  @Test
  void shouldTakeAJtiOf256CharactersAndAProofOf4000() {
    assertThat(isAccepted(verify(signed(claims -> claims.jwtID("j".repeat(256))), false))).isTrue();
    assertThat(isAccepted(verify(signed(claims -> claims.jwtID("j".repeat(257))), false))).isFalse();

    String proof = signed(claims -> { });
    int room = DpopProofs.CHARACTERS_MAX - proof.length() - ",\"x\":\"\"".length() * 4 / 3;
    String large = signed(claims -> claims.claim("x", "x".repeat(room * 3 / 4)));
    assertThat(large.length()).isBetween(DpopProofs.CHARACTERS_MAX - 8, DpopProofs.CHARACTERS_MAX);
    assertThat(isAccepted(verify(large, false))).isTrue();
    assertThat(error(verify(large + "x".repeat(9), false))).isEqualTo("invalid_dpop_proof");
  }

  @ParameterizedTest
  @CsvSource({"https://ID.example:443/connect/token?a=b#c, true", "https://id.example/connect/./token, true",
      "http://id.example/connect/token, false", "https://id.example:8443/connect/token, false",
      "https://id.example/connect/token/, false", "https://user@id.example/connect/token, false",
      "https://id.example/Connect/token, false", "/connect/token, false", "urn:x, false",
      "'https://id .example', false"})
  void shouldCompareUrlsAsUrls(String url, boolean same) {
    assertThat(isAccepted(verify(signed(claims -> claims.claim("htu", url)), false))).isEqualTo(same);
  }

  @Test
  void shouldRefuseAKeyThatAlgIsNotFor() throws Exception {
    for (String header : new String[] {
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES384\",\"jwk\":" + KEY.toPublicJWK().toJSONString() + "}",
        "{\"typ\":\"dpop+jwt\",\"alg\":\"RS256\",\"jwk\":" + KEY.toPublicJWK().toJSONString() + "}",
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{\"kty\":\"EC\"}}",
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":\"" + KEY.getKeyID() + "\"}"}) {
      assertThat(error(verify(Base64URL.encode(header) + ".e30.AAAA", false))).isEqualTo("invalid_dpop_proof");
    }
  }

  @Test
  void shouldRefuseAnRsaKeyThatIsDearToVerifyWith() throws Exception {
    Base64URL modulus = Base64URL.encode(BigInteger.ONE.shiftLeft(3071).setBit(0));
    Map<String, Object> jwk = Map.of("kty", "RSA", "n", modulus.toString(),
        "e", Base64URL.encode(BigInteger.ONE.shiftLeft(63).setBit(0)).toString());
    assertThat(ProofKey.of(jwk, "RS256")).as("an exponent of 64 bits").isPresent();

    Map<String, Object> dear = new HashMap<>(jwk);
    dear.put("e", Base64URL.encode(BigInteger.ONE.shiftLeft(64).setBit(0)).toString());
    assertThat(ProofKey.of(dear, "RS256")).as("one of 65").isEmpty();
  }

  @Test
  void shouldRefuseAWeakRsaKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair keys = generator.generateKeyPair();
    var jwk = new com.nimbusds.jose.jwk.RSAKey.Builder((RSAPublicKey) keys.getPublic()).build();
    SignedJWT jwt = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("dpop+jwt")).jwk(jwk).build(), claims());
    jwt.sign(new RSASSASigner(keys.getPrivate(), true));

    assertThat(error(verify(jwt.serialize(), false))).isEqualTo("invalid_dpop_proof");
  }

  @Test
  void shouldRefuseExtensionsThatItDoesNotKnow() throws Exception {
    SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt"))
        .jwk(KEY.toPublicJWK()).criticalParams(Set.of("x-ext")).customParam("x-ext", 1).build(), claims());
    jwt.sign(new ECDSASigner(KEY));

    assertThat(error(verify(jwt.serialize(), false))).isEqualTo("invalid_dpop_proof");
  }

  @Test
  void shouldRefuseDeeplyNestedJson() {
    String deep = Base64URL.encode(("{\"typ\":" + "[".repeat(2_900)).getBytes(StandardCharsets.US_ASCII)).toString();

    assertThat(error(verify(deep + ".e30.AAAA", false))).isEqualTo("invalid_dpop_proof");
  }

  private Checked<DpopProof> verify(String proof, boolean needsNonce) {
    return proofs.verify(proof, new DpopProofs.Expected("default", "POST", URL, needsNonce), NOW);
  }

  private static String signed(Consumer<JWTClaimsSet.Builder> change) {
    JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder(claims());
    change.accept(claims);
    try {
      SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt"))
          .jwk(KEY.toPublicJWK()).build(), claims.build());
      jwt.sign(new ECDSASigner(KEY));
      return jwt.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static JWTClaimsSet claims() {
    return new JWTClaimsSet.Builder().jwtID("1").claim("htm", "POST").claim("htu", URL)
        .issueTime(Date.from(NOW)).build();
  }

  private static ECKey key(Curve curve) {
    try {
      return new ECKeyGenerator(curve).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isAccepted(Checked<DpopProof> checked) {
    return checked.match(proof -> true, refusal -> false);
  }

  private static DpopProof accepted(Checked<DpopProof> checked) {
    return checked.match(proof -> proof, refusal -> {
      throw new AssertionError(refusal.toString());
    });
  }

  private static String error(Checked<DpopProof> checked) {
    return checked.match(proof -> "accepted", refusal -> refusal.error());
  }
}
