package dev.mintlog.registry.key;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Makes signing keys with their self-signed certificates, ready to be published. */
public final class SigningKeyGenerator {
  private static final int RSA_BITS = 2048;

  /** 128 bits of the thumbprint (RFC 7638): unique, and short in every token. */
  private static final int KID_BYTES = 16;

  private final SecureRandom random;
  private final Sealer sealer;

  /** @param keyEncryptionKeys the current one seals */
  public SigningKeyGenerator(SecretRing keyEncryptionKeys, SecureRandom random) {
    this.random = random;
    this.sealer = new Sealer(keyEncryptionKeys, Direction.SIGNING_KEY);
  }

  /**
   * A new key.
   *
   * @param signFrom first time it may sign
   * @param now when its certificate begins
   * @return with {@link PublishedKey#TOKEN_LIFETIME_MAX}, as nothing is known here of its tokens
   */
  public PublishedKey generate(String tenant, SigningAlgorithm algorithm, Instant signFrom, Instant now) {
    try {
      KeyPair pair = pair(algorithm);
      JWK bare = jwk(pair, algorithm);
      byte[] thumbprint = bare.computeThumbprint().decode();
      String kid = Base64URL.encode(Arrays.copyOf(thumbprint, KID_BYTES)).toString();
      X509Certificate certificate = SelfSignedCertificate.of(pair, algorithm, kid, now);
      JWK named = named(bare, algorithm, kid, certificate);
      byte[] sealed = PrivateKeys.seal(named, tenant, kid, sealer);
      return new PublishedKey(tenant, kid, algorithm, signFrom, named.toPublicJWK().toJSONObject(), sealed);
    } catch (GeneralSecurityException | JOSEException e) {
      throw new IllegalStateException("a key of " + algorithm.jws() + " can be made", e);
    }
  }

  /** The same key, its private half sealed anew under the current key-encryption key. */
  public PublishedKey resealed(PublishedKey key, JWK privateJwk) {
    byte[] sealed = PrivateKeys.seal(privateJwk, key.tenant(), key.kid(), sealer);
    return new PublishedKey(key.tenant(), key.kid(), key.algorithm(), key.signFrom(), key.publicJwk(), sealed,
        key.tokenLifetimeMax());
  }

  private KeyPair pair(SigningAlgorithm algorithm) throws GeneralSecurityException {
    switch (algorithm) {
      case RS256:
      case PS256: {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS, random);
        return generator.generateKeyPair();
      }
      case ES256: {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
      }
      case EDDSA:
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      default:
        throw new IllegalStateException("no key is made for " + algorithm);
    }
  }

  private static JWK jwk(KeyPair pair, SigningAlgorithm algorithm) throws GeneralSecurityException {
    switch (algorithm) {
      case RS256:
      case PS256:
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).build();
      case ES256:
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic()).privateKey(pair.getPrivate()).build();
      case EDDSA:
        return octets(pair);
      default:
        throw new IllegalStateException("no key is made for " + algorithm);
    }
  }

  private static JWK octets(KeyPair pair) throws GeneralSecurityException {
    byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    byte[] point = Ed25519Sign.KeyPair.newKeyPairFromSeed(seed).getPublicKey();
    // The same point as the certificate's, or the key is worth nothing.
    byte[] encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    if (!Arrays.equals(point, Arrays.copyOfRange(encoded, encoded.length - point.length, encoded.length))) {
      throw new GeneralSecurityException("expected one public point of one seed");
    }
    return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(point)).d(Base64URL.encode(seed)).build();
  }

  private static JWK named(JWK bare, SigningAlgorithm algorithm, String kid, X509Certificate certificate)
      throws GeneralSecurityException {
    byte[] der = certificate.getEncoded();
    List<Base64> chain = List.of(Base64.encode(der));
    Base64URL digest = Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(der));
    JWSAlgorithm alg = JWSAlgorithm.parse(algorithm.jws());
    if (bare instanceof RSAKey) {
      return new RSAKey.Builder((RSAKey) bare).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(alg)
          .x509CertChain(chain).x509CertSHA256Thumbprint(digest).build();
    }
    if (bare instanceof ECKey) {
      return new ECKey.Builder((ECKey) bare).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(alg)
          .x509CertChain(chain).x509CertSHA256Thumbprint(digest).build();
    }
    return new OctetKeyPair.Builder((OctetKeyPair) bare).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(alg)
        .x509CertChain(chain).x509CertSHA256Thumbprint(digest).build();
  }
}
