package dev.mintlog.channel.handle;

import dev.mintlog.authorization.AuthorizationId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret that every handle of one authorization carries: 128 random bits, drawn by an edge at the authorization's
 * birth. It never leaves the edge but inside a handle.
 */
public final class HandleSecret {
  public static final int LENGTH_BYTES = 16;
  private static final int ID_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final byte[] bytes;

  private HandleSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  public static HandleSecret random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH_BYTES];
    random.nextBytes(bytes);
    return new HandleSecret(bytes);
  }

  static HandleSecret copiedFrom(byte[] source, int offset) {
    return new HandleSecret(Arrays.copyOfRange(source, offset, offset + LENGTH_BYTES));
  }

  void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH_BYTES);
  }

  /** The authorization this secret belongs to: the first 128 bits of its SHA-256, base64url. */
  public AuthorizationId authorizationId(String tenant) {
    byte[] digest = sha256().digest(bytes);
    return new AuthorizationId(tenant, BASE64URL.encodeToString(Arrays.copyOf(digest, ID_BYTES)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected every JDK to have SHA-256", e);
    }
  }

  /** In constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof HandleSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "HandleSecret[redacted]";
  }
}
