package dev.mintlog.channel.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * What a sealed value looks like.
 *
 * <pre>
 * key id 4 | sender instance 16 | counter 8 | ciphertext and tag 16
 * </pre>
 *
 * Key id and instance name the key, the counter is the nonce: all of it is under the tag.
 */
final class SealedForm {
  static final int INSTANCE_AT = Integer.BYTES;
  static final int INSTANCE_BYTES = 16;
  static final int COUNTER_AT = INSTANCE_AT + INSTANCE_BYTES;
  static final int CIPHERTEXT_AT = COUNTER_AT + Long.BYTES;
  static final int TAG_BYTES = 16;
  static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;

  private SealedForm() {}

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every JDK to have AES/GCM/NoPadding", e);
    }
  }

  static GCMParameterSpec nonce(long counter) {
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(nonce).putLong(NONCE_BYTES - Long.BYTES, counter);
    return new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce);
  }

  /** Each string under its length: no two lists of strings look alike. */
  static byte[] associatedData(String... associated) {
    byte[][] texts = new byte[associated.length][];
    int length = 0;
    for (int i = 0; i < associated.length; i++) {
      texts[i] = associated[i].getBytes(StandardCharsets.UTF_8);
      length += Integer.BYTES + texts[i].length;
    }
    ByteBuffer data = ByteBuffer.allocate(length);
    for (byte[] text : texts) {
      data.putInt(text.length).put(text);
    }
    return data.array();
  }
}
