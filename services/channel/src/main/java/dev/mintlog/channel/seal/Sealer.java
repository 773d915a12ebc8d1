package dev.mintlog.channel.seal;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with AES-256-GCM. Each is a sender instance of its own: 128 random bits drawn here are the HKDF salt of its key,
 * so the key has one writer and a counter is a nonce that never repeats. The instance is never configured and never
 * stored: a process that starts anew has a new key. Thread-safe.
 */
public final class Sealer {
  private static final byte[] NO_PREFIX = new byte[0];

  private final int keyId;
  private final byte[] instance = new byte[SealedForm.INSTANCE_BYTES];
  private final SecretKey key;
  private final AtomicLong counter = new AtomicLong();
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(SealedForm::cipher);

  public Sealer(SecretRing ring, Direction direction) {
    this(ring, direction, new SecureRandom());
  }

  Sealer(SecretRing ring, Direction direction, SecureRandom random) {
    random.nextBytes(instance);
    RootSecret secret = ring.current();
    this.keyId = secret.keyId();
    this.key = new SecretKeySpec(secret.derive(direction.purpose(), instance, SealedForm.KEY_BYTES), "AES");
  }

  /**
   * @param associated what the value belongs to, in the order in which {@link Opener#open} is told it
   */
  public byte[] seal(byte[] plain, String... associated) {
    return sealAfter(NO_PREFIX, plain, associated);
  }

  /** A clear prefix and the sealed value in one array. The prefix is not under the tag; repeat it as associated data. */
  public byte[] sealAfter(byte[] prefix, byte[] plain, String... associated) {
    int start = prefix.length;
    byte[] sealed = new byte[start + SealedForm.CIPHERTEXT_AT + plain.length + SealedForm.TAG_BYTES];
    System.arraycopy(prefix, 0, sealed, 0, start);
    long nonce = counter.getAndIncrement();
    ByteBuffer.wrap(sealed, start, SealedForm.CIPHERTEXT_AT).putInt(keyId).put(instance).putLong(nonce);
    try {
      Cipher cipher = ciphers.get();
      cipher.init(Cipher.ENCRYPT_MODE, key, SealedForm.nonce(nonce));
      cipher.updateAAD(SealedForm.associatedData(associated));
      cipher.doFinal(plain, 0, plain.length, sealed, start + SealedForm.CIPHERTEXT_AT);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected AES-GCM to seal with a fresh nonce", e);
    }
  }

  @Override
  public String toString() {
    return "Sealer[redacted, key id " + Integer.toHexString(keyId) + "]";
  }
}
