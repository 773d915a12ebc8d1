package dev.mintlog.processor.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.mintlog.authorization.FurtherClaims;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.processor.jose.SigningKeys.KeyMaterial;
import dev.mintlog.token.TokenClaims;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JoseTokenSignerTest {
  private static final Map<SigningAlgorithm, JWK> KEYS = new LinkedHashMap<>();
  private static KeyPair ed25519;

  @BeforeAll
  static void keys() throws Exception {
    KEYS.put(SigningAlgorithm.RS256, new RSAKeyGenerator(2048).generate());
    KEYS.put(SigningAlgorithm.PS256, new RSAKeyGenerator(2048).generate());
    KEYS.put(SigningAlgorithm.ES256, new ECKeyGenerator(Curve.P_256).generate());
    ed25519 = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] seed = ((EdECPrivateKey) ed25519.getPrivate()).getBytes().orElseThrow();
    KEYS.put(SigningAlgorithm.EDDSA, new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(encoded(
        (EdECPublicKey) ed25519.getPublic()))).d(Base64URL.encode(seed)).build());
  }

  static List<Arguments> everyAlgorithmAndProvider() {
    return Arrays.stream(SigningAlgorithm.values())
        .flatMap(algorithm -> Stream.of(SigningProvider.best(), SigningProvider.jdk())
            .map(provider -> Arguments.of(algorithm, provider)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("everyAlgorithmAndProvider")
  void shouldSignWhatAVerifierAccepts(SigningAlgorithm algorithm, SigningProvider provider) throws Exception {
    // When
    String token = signer(provider).sign(claims(algorithm, Optional.empty()));
    // Then
    assertThat(isValid(algorithm, token)).isTrue();
    assertThat(isValid(algorithm, tampered(token))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("everyAlgorithmAndProvider")
  void shouldSignFromManyThreads(SigningAlgorithm algorithm, SigningProvider provider) throws Exception {
    // Given
    JoseTokenSigner signer = signer(provider);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      // When
      List<Future<String>> tokens = IntStream.range(0, 40)
          .mapToObj(i -> threads.submit(() -> signer.sign(claims(algorithm, Optional.empty())))).toList();
      // Then
      for (Future<String> token : tokens) {
        assertThat(isValid(algorithm, token.get())).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldNameAlgorithmKeyAndTypeInTheHeader() throws Exception {
    // When
    SignedJWT token = SignedJWT.parse(
        signer(SigningProvider.best()).sign(claims(SigningAlgorithm.ES256, Optional.empty())));
    // Then
    assertThat(token.getHeader().toJSONObject()).containsExactlyInAnyOrderEntriesOf(
        Map.of("alg", "ES256", "kid", "key-ES256", "typ", "at+jwt"));
  }

  @Test
  void shouldWriteClaimsAsTheyAre() throws Exception {
    // When
    SignedJWT token = SignedJWT.parse(
        signer(SigningProvider.best()).sign(claims(SigningAlgorithm.ES256, Optional.empty())));
    // Then
    assertThat(token.getPayload().toString()).isEqualTo("{\"iss\":\"https://issuer.example\","
        + "\"sub\":\"a \\\"quoted\\\" \\\\ \\u0007 nämé \uD83D\uDE00\",\"aud\":[\"a\",\"b\"],\"iat\":1700000000}");
  }

  @Test
  void shouldAddFurtherClaimsWithoutLosingDigits() throws Exception {
    // Given
    FurtherClaims further = new FurtherClaims("{\"name\":\"Älice\",\"level\":1.10,\"big\":12345678901234567890123,"
        + "\"nested\":{\"a\":[1,null,true]}}");
    // When
    String payload = payload(further);
    // Then
    assertThat(payload).endsWith(",\"name\":\"Älice\",\"level\":1.10,\"big\":12345678901234567890123,"
        + "\"nested\":{\"a\":[1,null,true]}}");
  }

  @Test
  void shouldNeverLetFurtherClaimsOverrideTheProtocols() throws Exception {
    // Given: a claim that the token has, and one that it has not but that verifiers rely on
    FurtherClaims further = new FurtherClaims(
        "{\"sub\":\"mallory\",\"nonce\":\"forged\",\"aud\":\"x\",\"hair\":\"red\"}");
    // When
    String payload = payload(further);
    // Then
    assertThat(payload).doesNotContain("mallory").doesNotContain("forged").doesNotContain("\"x\"")
        .endsWith(",\"hair\":\"red\"}");
  }

  @Test
  void shouldNotRepeatClaimsInAComplaint() {
    // Given
    FurtherClaims broken = new FurtherClaims("{\"secret\": oops");
    // Then
    assertThatThrownBy(() -> payload(broken)).isInstanceOf(IllegalStateException.class).hasNoCause()
        .hasMessageNotContaining("oops");
  }

  @Test
  void shouldRefuseAKeyThatTheRegistryDoesNotHave() {
    // Given
    JoseTokenSigner signer = new JoseTokenSigner(new SigningKeys(kid -> Optional.empty(), SigningProvider.jdk()));
    // Then
    assertThatThrownBy(() -> signer.sign(claims(SigningAlgorithm.ES256, Optional.empty())))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("key-ES256");
  }

  @Test
  void shouldSignNothingWithAKeyThatTheRegistryHasDropped() {
    // Given a key that has signed
    AtomicBoolean published = new AtomicBoolean(true);
    SigningKeys keys = new SigningKeys(kid -> Optional.of(KEYS.get(SigningAlgorithm.ES256)).filter(key -> published.get())
        .map(key -> new KeyMaterial(SigningAlgorithm.ES256, key)), SigningProvider.jdk());
    JoseTokenSigner signer = new JoseTokenSigner(keys);
    assertThat(signer.sign(claims(SigningAlgorithm.ES256, Optional.empty()))).isNotEmpty();

    // When
    published.set(false);
    keys.retain(Set.of("key-RS256"));

    // Then
    assertThatThrownBy(() -> signer.sign(claims(SigningAlgorithm.ES256, Optional.empty())))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("key-ES256");
  }

  @Test
  void shouldRefuseToUseAKeyForAnotherAlgorithm() {
    // Given
    JoseTokenSigner signer = new JoseTokenSigner(new SigningKeys(
        kid -> Optional.of(new KeyMaterial(SigningAlgorithm.PS256, KEYS.get(SigningAlgorithm.PS256))),
        SigningProvider.jdk()));
    // Then
    assertThatThrownBy(() -> signer.sign(claims(SigningAlgorithm.RS256, Optional.empty())))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("PS256");
  }

  private static String payload(FurtherClaims further) throws Exception {
    return SignedJWT.parse(signer(SigningProvider.best()).sign(claims(SigningAlgorithm.ES256, Optional.of(further))))
        .getPayload().toString();
  }

  private static JoseTokenSigner signer(SigningProvider provider) {
    return new JoseTokenSigner(new SigningKeys(kid -> {
      SigningAlgorithm algorithm = SigningAlgorithm.ofJws(kid.substring("key-".length())).orElseThrow();
      return Optional.of(new KeyMaterial(algorithm, KEYS.get(algorithm)));
    }, provider));
  }

  private static TokenClaims claims(SigningAlgorithm algorithm, Optional<FurtherClaims> further) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "https://issuer.example");
    claims.put("sub", "a \"quoted\" \\ \u0007 nämé \uD83D\uDE00");
    claims.put("aud", List.of("a", "b"));
    claims.put("iat", 1_700_000_000L);
    return new TokenClaims(TokenClaims.ACCESS_TOKEN,
        new SigningKeyRef("key-" + algorithm.jws(), algorithm, Instant.EPOCH), claims, further);
  }

  private static boolean isValid(SigningAlgorithm algorithm, String token) throws Exception {
    SignedJWT parsed = SignedJWT.parse(token);
    JWK key = KEYS.get(algorithm);
    if (algorithm == SigningAlgorithm.EDDSA) {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(ed25519.getPublic());
      verifier.update(token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(parsed.getSignature().decode());
    }
    JWSVerifier verifier = key instanceof ECKey ec ? new ECDSAVerifier(ec) : new RSASSAVerifier((RSAKey) key);
    return parsed.verify(verifier);
  }

  private static String tampered(String token) {
    int at = token.indexOf('.') + 3;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  // RFC 8032 §5.1.2: y little endian, the sign of x in the highest bit.
  private static byte[] encoded(EdECPublicKey key) throws Exception {
    byte[] bigEndian = key.getPoint().getY().toByteArray();
    byte[] encoded = new byte[32];
    for (int i = 0; i < bigEndian.length && i < 32; i++) {
      encoded[i] = bigEndian[bigEndian.length - 1 - i];
    }
    if (key.getPoint().isXOdd()) {
      encoded[31] |= (byte) 0x80;
    }
    assertThat(KeyFactory.getInstance("Ed25519")).isNotNull();
    assertThat(new BigInteger(1, bigEndian)).isEqualTo(key.getPoint().getY());
    return encoded;
  }
}
