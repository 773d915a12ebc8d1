package dev.mintlog.registry.signature;

import com.google.crypto.tink.subtle.Ed25519Sign;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;

/** The key pair that signs the registry: derived from the key-encryption key, so there is one secret less to keep. */
public final class RegistryKeys {
  private static final String PURPOSE = "mintlog registry signing";
  private static final int SEED_BYTES = 32;

  private RegistryKeys() {}

  public static RegistrySigner signer(RootSecret keyEncryptionKey) {
    try {
      return new RegistrySigner(new Ed25519Sign(pair(keyEncryptionKey).getPrivateKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a seed of 32 bytes is a key", e);
    }
  }

  /** What services have in {@code registry.public-key}: 43 characters of base64url. */
  public static String publicKeyText(RootSecret keyEncryptionKey) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(pair(keyEncryptionKey).getPublicKey());
  }

  /** Accepts what any key of the ring signed. */
  public static RegistryVerifier verifier(SecretRing keyEncryptionKeys) {
    List<String> publicKeys = keyEncryptionKeys.all().stream().map(RegistryKeys::publicKeyText).toList();
    return RegistryVerifier.of(publicKeys);
  }

  private static Ed25519Sign.KeyPair pair(RootSecret keyEncryptionKey) {
    try {
      return Ed25519Sign.KeyPair.newKeyPairFromSeed(keyEncryptionKey.derive(PURPOSE, SEED_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a seed of 32 bytes is a key", e);
    }
  }
}
