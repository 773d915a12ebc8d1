package dev.mintlog.registry.signature;

import com.google.crypto.tink.subtle.Ed25519Sign;
import java.security.GeneralSecurityException;

/** Signs registry records, Ed25519 (RFC 8032). Only who has the key-encryption key has one. */
public final class RegistrySigner {
  private final Ed25519Sign key;

  RegistrySigner(Ed25519Sign key) {
    this.key = key;
  }

  /** The signature of a record: 64 bytes. */
  public byte[] sign(String topic, byte[] recordKey, byte[] value) {
    try {
      return key.sign(SignedText.of(topic, recordKey, value));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 signs any text", e);
    }
  }
}
