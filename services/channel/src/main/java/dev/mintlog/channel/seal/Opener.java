package dev.mintlog.channel.seal;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Opens what a {@link Sealer} of the same direction sealed, under any secret of the ring. Thread-safe. */
public final class Opener {
  /** Keys of sender instances kept; each start of a process makes one. */
  static final int KEYS_MAX = 1_024;

  private final SecretRing ring;
  private final Direction direction;
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(SealedForm::cipher);
  private final Map<Instance, SecretKey> keys = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<Instance, SecretKey> eldest) {
      return size() > KEYS_MAX;
    }
  };

  public Opener(SecretRing ring, Direction direction) {
    this.ring = ring;
    this.direction = direction;
  }

  /**
   * @param associated what the value is expected to belong to
   * @return empty where it was not sealed so by a holder of the secret: altered, moved elsewhere, or of an unknown key
   */
  public Optional<byte[]> open(byte[] sealed, String... associated) {
    return openAfter(0, sealed, associated);
  }

  /** Opens what {@link Sealer#sealAfter} wrote. */
  public Optional<byte[]> openAfter(int prefixBytes, byte[] sealed, String... associated) {
    int length = sealed.length - prefixBytes;
    if (length < SealedForm.CIPHERTEXT_AT + SealedForm.TAG_BYTES) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(sealed, prefixBytes, SealedForm.CIPHERTEXT_AT);
    Instance instance = new Instance(head.getInt(), head.getLong(), head.getLong());
    long counter = head.getLong();
    SecretKey known = known(instance);
    Optional<SecretKey> key = known != null ? Optional.of(known) : derive(instance);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    try {
      Cipher cipher = ciphers.get();
      cipher.init(Cipher.DECRYPT_MODE, key.get(), SealedForm.nonce(counter));
      cipher.updateAAD(SealedForm.associatedData(associated));
      byte[] plain =
          cipher.doFinal(sealed, prefixBytes + SealedForm.CIPHERTEXT_AT, length - SealedForm.CIPHERTEXT_AT);
      if (known == null) {
        // Only keys that opened something are kept, so that nobody can drive them out with garbage.
        remember(instance, key.get());
      }
      return Optional.of(plain);
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  /**
   * The id of the secret that a value was sealed under, where none of the ring has it: the value may open once that secret is
   * accepted. Whoever wrote the value could name any, so it is to be heeded in authenticated records alone.
   *
   * @return empty where the secret is known, or the value is no sealed one
   */
  public OptionalInt unknownKeyId(byte[] sealed) {
    if (sealed.length < SealedForm.CIPHERTEXT_AT + SealedForm.TAG_BYTES) {
      return OptionalInt.empty();
    }
    int keyId = ByteBuffer.wrap(sealed).getInt();
    return ring.byKeyId(keyId).isPresent() ? OptionalInt.empty() : OptionalInt.of(keyId);
  }

  private SecretKey known(Instance instance) {
    synchronized (keys) {
      return keys.get(instance);
    }
  }

  private void remember(Instance instance, SecretKey key) {
    synchronized (keys) {
      keys.put(instance, key);
    }
  }

  private Optional<SecretKey> derive(Instance instance) {
    Optional<RootSecret> secret = ring.byKeyId(instance.keyId);
    return secret.map(root -> {
      byte[] key = root.derive(direction.purpose(), instance.salt(), SealedForm.KEY_BYTES);
      SecretKey spec = new SecretKeySpec(key, "AES");
      Arrays.fill(key, (byte) 0);
      return spec;
    });
  }

  private record Instance(int keyId, long high, long low) {
    byte[] salt() {
      return ByteBuffer.allocate(SealedForm.INSTANCE_BYTES).putLong(high).putLong(low).array();
    }
  }
}
