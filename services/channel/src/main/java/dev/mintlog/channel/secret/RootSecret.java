package dev.mintlog.channel.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A configured secret: the channel secret or the key-encryption key. Never used itself, only what HKDF derives from it
 * for one purpose each.
 */
public final class RootSecret {
  public static final int LENGTH_BYTES = 32;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}=?");
  private static final byte[] NO_SALT = new byte[0];

  private final byte[] bytes;
  private final int keyId;

  private RootSecret(byte[] bytes) {
    this.bytes = bytes;
    this.keyId = ByteBuffer.wrap(derive("mintlog key id", NO_SALT, Integer.BYTES)).getInt();
  }

  /**
   * The secret that {@link #text} wrote.
   *
   * @throws IllegalArgumentException when it is not 43 characters of base64url; the message never repeats the text
   */
  public static RootSecret parse(String text) {
    String trimmed = text.trim();
    if (!FORM.matcher(trimmed).matches()) {
      throw new IllegalArgumentException("expected a secret of 43 characters of base64url (32 bytes), but found "
          + trimmed.length() + " characters" + (trimmed.length() == 43 ? " with others among them" : ""));
    }
    return new RootSecret(Base64.getUrlDecoder().decode(trimmed));
  }

  public static RootSecret random(SecureRandom random) {
    byte[] bytes = new byte[LENGTH_BYTES];
    random.nextBytes(bytes);
    return new RootSecret(bytes);
  }

  /** The secret in clear, 43 characters of base64url: for the command that makes one, and for nothing else. */
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Names this secret in handles and records; derived, so it says nothing about it. */
  public int keyId() {
    return keyId;
  }

  /**
   * HKDF-SHA256 (RFC 5869) of this secret.
   *
   * @param purpose the {@code info}; one purpose, one key
   * @param salt may be empty
   * @param lengthBytes 1 to 8160
   */
  public byte[] derive(String purpose, byte[] salt, int lengthBytes) {
    return Hkdf.derive(bytes, salt, purpose.getBytes(StandardCharsets.UTF_8), lengthBytes);
  }

  /** {@link #derive(String, byte[], int)} without salt. */
  public byte[] derive(String purpose, int lengthBytes) {
    return derive(purpose, NO_SALT, lengthBytes);
  }

  @Override
  public String toString() {
    return "RootSecret[redacted, key id " + Integer.toHexString(keyId) + "]";
  }
}
