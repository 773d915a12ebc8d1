package dev.mintlog.registry.signature;

import com.google.crypto.tink.subtle.Ed25519Verify;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/** Tells registry records of the operator from those of anybody else. Thread-safe. */
public final class RegistryVerifier {
  private static final int PUBLIC_KEY_BYTES = 32;

  private final List<Ed25519Verify> keys;

  private RegistryVerifier(List<Ed25519Verify> keys) {
    this.keys = keys;
  }

  /**
   * Accepts what any of these keys signed.
   *
   * @param publicKeys as {@link RegistryKeys#publicKeyText} writes them; one at least
   * @throws IllegalArgumentException where one is no key
   */
  public static RegistryVerifier of(Collection<String> publicKeys) {
    if (publicKeys.isEmpty()) {
      throw new IllegalArgumentException("expected one registry public key at least, found none");
    }
    return new RegistryVerifier(publicKeys.stream().map(RegistryVerifier::parse).toList());
  }

  private static Ed25519Verify parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.trim());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a registry public key of 43 characters of base64url", e);
    }
    if (bytes.length != PUBLIC_KEY_BYTES) {
      throw new IllegalArgumentException(
          "expected a registry public key of 43 characters of base64url (32 bytes), found " + bytes.length + " bytes");
    }
    return new Ed25519Verify(bytes);
  }

  /** @param signature null where the record has none */
  public boolean isAuthentic(String topic, byte[] recordKey, byte[] value, byte[] signature) {
    if (recordKey == null || value == null || signature == null) {
      return false;
    }
    byte[] text = SignedText.of(topic, recordKey, value);
    return keys.stream().anyMatch(key -> verifies(key, signature, text));
  }

  private static boolean verifies(Ed25519Verify key, byte[] signature, byte[] text) {
    try {
      key.verify(signature, text);
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
