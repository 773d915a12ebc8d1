package dev.mintlog.channel.secret;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256, RFC 5869. */
final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH_BYTES = 32;
  static final int OUTPUT_BYTES_MAX = 255 * HASH_BYTES;

  private Hkdf() {}

  /**
   * Extract and expand.
   *
   * @param lengthBytes 1 to {@link #OUTPUT_BYTES_MAX}
   */
  static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int lengthBytes) {
    if (lengthBytes < 1 || lengthBytes > OUTPUT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "Expected 1 to " + OUTPUT_BYTES_MAX + " bytes to derive, but found " + lengthBytes);
    }
    // §2.2: "if not provided, [salt] is set to a string of HashLen zeros".
    byte[] extractKey = salt.length == 0 ? new byte[HASH_BYTES] : salt;
    byte[] pseudoRandomKey = mac(extractKey).doFinal(inputKey);
    // §2.3: T(n) = HMAC(PRK, T(n-1) | info | n)
    Mac expand = mac(pseudoRandomKey);
    byte[] output = new byte[lengthBytes];
    byte[] block = new byte[0];
    int filled = 0;
    for (int n = 1; filled < lengthBytes; n++) {
      expand.update(block);
      expand.update(info);
      expand.update((byte) n);
      block = expand.doFinal();
      int taken = Math.min(block.length, lengthBytes - filled);
      System.arraycopy(block, 0, output, filled, taken);
      filled += taken;
    }
    Arrays.fill(pseudoRandomKey, (byte) 0);
    return output;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every JDK to have " + HMAC, e);
    }
  }
}
