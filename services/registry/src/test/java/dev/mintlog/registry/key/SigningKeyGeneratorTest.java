package dev.mintlog.registry.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.registry.signature.RegistryVerifier;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningKeyGeneratorTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final SecureRandom random = new SecureRandom();
  private final SecretRing ring = SecretRing.of(RootSecret.random(random));
  private final SigningKeyGenerator generator = new SigningKeyGenerator(ring, random);

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void shouldSignWhatThePublishedHalfVerifies(SigningAlgorithm algorithm) throws Exception {
    // Given
    PublishedKey key = generator.generate("default", algorithm, NOW, NOW);

    // When
    JWK privateJwk = PrivateKeys.open(key, ring).orElseThrow();
    JWSObject jws = new JWSObject(
        new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.jws())).keyID(key.kid()).build(), new Payload("{}"));
    jws.sign(signer(privateJwk));

    // Then
    JWK published = JWK.parse(key.publicJwk());
    assertThat(jws.verify(verifier(published))).isTrue();
    assertThat(published.getKeyID()).isEqualTo(key.kid()).hasSize(22);
    assertThat(published.getAlgorithm().getName()).isEqualTo(algorithm.jws());
    assertThat(published.getKeyUse().identifier()).isEqualTo("sig");
    assertThat(key.publicJwk().keySet()).doesNotContainAnyElementsOf(PRIVATE_MEMBERS);
  }

  @ParameterizedTest
  @EnumSource(SigningAlgorithm.class)
  void shouldCarryItsOwnCertificate(SigningAlgorithm algorithm) throws Exception {
    // When
    PublishedKey key = generator.generate("default", algorithm, NOW, NOW);

    // Then
    JWK published = JWK.parse(key.publicJwk());
    assertThat(key.publicJwk().get("x5c")).isInstanceOf(List.class);
    X509Certificate certificate = published.getParsedX509CertChain().get(0);
    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(NOW));
    byte[] encoded = certificate.getPublicKey().getEncoded();
    byte[] expected = switch (algorithm) {
      case RS256, PS256 -> published.toRSAKey().toPublicKey().getEncoded();
      case ES256 -> published.toECKey().toPublicKey().getEncoded();
      // The point ends the certificate's key, RFC 8410 §4.
      case EDDSA -> published.toOctetKeyPair().getDecodedX();
    };
    assertThat(Arrays.copyOfRange(encoded, encoded.length - expected.length, encoded.length)).isEqualTo(expected);
  }

  @Test
  void shouldOpenUnderNoOtherKeyTenantOrKid() {
    // Given
    PublishedKey key = generator.generate("default", SigningAlgorithm.ES256, NOW, NOW);
    PublishedKey other = generator.generate("default", SigningAlgorithm.ES256, NOW, NOW);

    // Then
    assertThat(PrivateKeys.open(key, SecretRing.of(RootSecret.random(random)))).isEmpty();
    assertThat(PrivateKeys.open(with(key, "other", key.kid(), key), ring)).isEmpty();
    assertThat(PrivateKeys.open(with(key, "default", other.kid(), key), ring)).isEmpty();
  }

  @Test
  void shouldNotOpenWhatIsNotThePublishedKeysOtherHalf() throws Exception {
    // Given: a key whose private half was sealed under the name of another
    PublishedKey key = generator.generate("default", SigningAlgorithm.ES256, NOW, NOW);
    PublishedKey other = generator.generate("default", SigningAlgorithm.ES256, NOW, NOW);
    JWK otherPrivate = PrivateKeys.open(other, ring).orElseThrow();

    // When
    PublishedKey mixed = generator.resealed(key, otherPrivate);

    // Then
    assertThat(PrivateKeys.open(mixed, ring)).isEmpty();
    assertThat(PrivateKeys.open(generator.resealed(key, PrivateKeys.open(key, ring).orElseThrow()), ring)).isPresent();
  }

  @Test
  void shouldReadBackWhatItWrites() {
    PublishedKey key = generator.generate("default", SigningAlgorithm.EDDSA, NOW.plusSeconds(5), NOW);
    PublishedKey again = SigningKeyForm.read(SigningKeyForm.key(key), SigningKeyForm.write(key));
    assertThat(again).usingRecursiveComparison().isEqualTo(key);
    assertThat(PrivateKeys.open(again, ring)).isPresent();
  }

  @Test
  void shouldSignTheRegistryWithAKeyOfTheKeyEncryptionKeyAlone() {
    // Given
    RootSecret one = RootSecret.parse("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    RootSecret other = RootSecret.random(random);
    byte[] key = {1};
    byte[] value = {2, 3};

    // When
    byte[] signature = RegistryKeys.signer(one).sign("registry", key, value);

    // Then
    assertThat(RegistryKeys.publicKeyText(one)).isEqualTo(RegistryKeys.publicKeyText(one)).hasSize(43);
    RegistryVerifier both =
        RegistryVerifier.of(List.of(RegistryKeys.publicKeyText(other), RegistryKeys.publicKeyText(one)));
    assertThat(both.isAuthentic("registry", key, value, signature)).isTrue();
    assertThat(both.isAuthentic("registry2", key, value, signature)).isFalse();
    // Octets moved from one part to the next
    assertThat(both.isAuthentic("registry", new byte[] {1, 2}, new byte[] {3}, signature)).isFalse();
    RegistryVerifier otherAlone = RegistryVerifier.of(List.of(RegistryKeys.publicKeyText(other)));
    assertThat(otherAlone.isAuthentic("registry", key, value, signature)).isFalse();
  }

  private static PublishedKey with(PublishedKey key, String tenant, String kid, PublishedKey sealed) {
    return new PublishedKey(tenant, kid, key.algorithm(), key.signFrom(), key.publicJwk(), sealed.sealedPrivate());
  }

  private static JWSSigner signer(JWK jwk) throws Exception {
    return switch (jwk.getKeyType().getValue()) {
      case "RSA" -> new RSASSASigner(jwk.toRSAKey());
      case "EC" -> new ECDSASigner(jwk.toECKey());
      default -> new Ed25519Signer(jwk.toOctetKeyPair());
    };
  }

  private static JWSVerifier verifier(JWK jwk) throws Exception {
    return switch (jwk.getKeyType().getValue()) {
      case "RSA" -> new RSASSAVerifier(jwk.toRSAKey());
      case "EC" -> new ECDSAVerifier(jwk.toECKey());
      default -> new Ed25519Verifier(jwk.toOctetKeyPair());
    };
  }
}
