package dev.mintlog.edge.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.runtime.crypto.FastSignatures;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwsVerifiersTest {
  private static final byte[] SIGNED = "header.claims".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ALTERED = "header.claimz".getBytes(StandardCharsets.US_ASCII);
  // The longest that a proof's sender may bring; native libraries take shorter ones only.
  private static final BigInteger EXPONENT_OF_64_BITS = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(59));

  private static RSAKey rsa;

  @BeforeAll
  static void makeKey() throws Exception {
    rsa = new RSAKeyGenerator(2048).generate();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
  void shouldTellWhatWasSignedFromWhatWasNot(String name) throws Exception {
    // Given
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(name));
    JWK key = key(header.getAlgorithm());
    Base64URL signature = signer(key).sign(header, SIGNED);

    // When
    JWSVerifier verifier = JwsVerifiers.of(key.toPublicJWK());

    // Then
    assertThat(verifier.verify(header, SIGNED, signature)).isTrue();
    assertThat(verifier.verify(header, ALTERED, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256"})
  void shouldVerifyAlikeWhereTheFastProviderIsMissing(String name) throws Exception {
    // Given
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(name));
    JWK key = key(header.getAlgorithm());
    Base64URL signature = signer(key).sign(header, SIGNED);

    // When
    JWSVerifier verifier = JwsVerifiers.ofJdk(key.toPublicJWK());

    // Then
    assertThat(verifier.verify(header, SIGNED, signature)).isTrue();
    assertThat(verifier.verify(header, ALTERED, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "PS256", "ES256", "ES512", "EdDSA"})
  void shouldNotTakeGarbageForASignature(String name) throws Exception {
    // Given
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(name));
    JWSVerifier verifier = JwsVerifiers.of(key(header.getAlgorithm()).toPublicJWK());

    for (int length : List.of(0, 1, 63, 64, 65, 132, 255, 256, 257, 1_000)) {
      byte[] garbage = new byte[length];
      Arrays.fill(garbage, (byte) 0xff);

      // When
      boolean taken = verifier.verify(header, SIGNED, Base64URL.encode(garbage))
          || verifier.verify(header, SIGNED, Base64URL.encode(new byte[length]));

      // Then
      assertThat(taken).as("%d octets", length).isFalse();
    }
  }

  @Test
  void shouldVerifyWithTheFastProviderWhereThereIsOne() throws Exception {
    assertThat(JwsVerifiers.of(rsa.toPublicJWK()).getJCAContext().getProvider())
        .isEqualTo(FastSignatures.provider().orElse(null));
  }

  @Test
  void shouldVerifyWithKeysThatTheFastProviderDoesNotTake() throws Exception {
    // Given
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", "SunRsaSign");
    generator.initialize(new RSAKeyGenParameterSpec(2048, EXPONENT_OF_64_BITS));
    KeyPair pair = generator.generateKeyPair();
    JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);
    Base64URL signature = new RSASSASigner(pair.getPrivate()).sign(header, SIGNED);

    // When
    JWSVerifier verifier = JwsVerifiers.of(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).build());

    // Then
    assertThat(verifier.verify(header, SIGNED, signature)).isTrue();
    assertThat(verifier.verify(header, ALTERED, signature)).isFalse();
  }

  @Test
  void shouldRefuseASharedSecret() throws Exception {
    JWK secret = new OctetSequenceKeyGenerator(256).generate();

    assertThatThrownBy(() -> JwsVerifiers.of(secret))
        .isInstanceOf(JOSEException.class).hasMessageContaining("RSA, EC or OKP");
  }

  private static JWK key(JWSAlgorithm algorithm) throws JOSEException {
    if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
      return rsa;
    }
    return algorithm.equals(JWSAlgorithm.EdDSA)
        ? new OctetKeyPairGenerator(Curve.Ed25519).generate()
        : new ECKeyGenerator(Curve.forJWSAlgorithm(algorithm).iterator().next()).generate();
  }

  private static JWSSigner signer(JWK key) throws JOSEException {
    if (key instanceof RSAKey rsaKey) {
      return new RSASSASigner(rsaKey);
    }
    return key instanceof ECKey ec ? new ECDSASigner(ec) : new Ed25519Signer((OctetKeyPair) key);
  }
}
