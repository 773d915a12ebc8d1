package dev.mintlog.registry.key;

import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;

/** Private halves of signing keys, sealed for whoever has the key-encryption key. */
public final class PrivateKeys {
  private PrivateKeys() {}

  /**
   * The private JWK of a published key.
   *
   * @return empty where it was not sealed, for this key, under a key-encryption key of the ring
   */
  public static Optional<JWK> open(PublishedKey key, SecretRing keyEncryptionKeys) {
    return open(key, new Opener(keyEncryptionKeys, Direction.SIGNING_KEY));
  }

  /** As {@link #open(PublishedKey, SecretRing)}, with an opener of {@link Direction#SIGNING_KEY} that is kept. */
  public static Optional<JWK> open(PublishedKey key, Opener opener) {
    return opener.open(key.sealedPrivate(), key.tenant(), key.kid())
        .map(plain -> parse(plain, key.kid()))
        .filter(jwk -> isHalfOf(jwk, key));
  }

  /** @param sealer of {@link Direction#SIGNING_KEY} */
  public static byte[] seal(JWK privateJwk, String tenant, String kid, Sealer sealer) {
    return sealer.seal(privateJwk.toJSONString().getBytes(StandardCharsets.UTF_8), tenant, kid);
  }

  private static JWK parse(byte[] plain, String kid) {
    try {
      return JWK.parse(new String(plain, StandardCharsets.UTF_8));
    } catch (ParseException e) {
      // Without the cause: its message may quote the key.
      throw new IllegalStateException("expected a JWK sealed as private half of " + kid);
    }
  }

  // A private half that signs what the published half does not verify is the wrong one.
  private static boolean isHalfOf(JWK privateJwk, PublishedKey key) {
    try {
      JWK published = JWK.parse(key.publicJwk());
      return privateJwk.isPrivate()
          && privateJwk.toPublicJWK().computeThumbprint().equals(published.computeThumbprint());
    } catch (ParseException | com.nimbusds.jose.JOSEException e) {
      return false;
    }
  }
}
