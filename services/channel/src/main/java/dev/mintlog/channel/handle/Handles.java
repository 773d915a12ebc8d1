package dev.mintlog.channel.handle;

import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.authorization.HandleKind;
import dev.mintlog.channel.secret.HmacKey;
import dev.mintlog.channel.secret.HmacRing;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.Mac;

/**
 * Writes and reads handles: what a client holds as code, device_code or refresh_token.
 *
 * <pre>
 * base64url( key id 4 | secret 16 | kind 1 | generation 4 | MAC 16 ), 55 characters
 * </pre>
 *
 * The MAC (HMAC-SHA256 under the channel secret, its first 128 bits) covers the tenant and all before it: a forged handle
 * is refused without touching the log, and who knows a code cannot make a refresh handle of it. Thread-safe.
 */
public final class Handles {
  public static final int TEXT_CHARACTERS = 55;

  private static final int SECRET_AT = Integer.BYTES;
  private static final int KIND_AT = SECRET_AT + HandleSecret.LENGTH_BYTES;
  private static final int GENERATION_AT = KIND_AT + 1;
  private static final int MAC_AT = GENERATION_AT + Integer.BYTES;
  private static final int MAC_BYTES = 16;
  private static final int LENGTH_BYTES = MAC_AT + MAC_BYTES;
  /** 55 characters hold two bits more than 41 bytes: a last character outside this set is another spelling of a handle. */
  private static final String LAST_CHARACTERS = "AEIMQUYcgkosw048";

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private final HmacRing keys;

  /** @param channel the channel secret and its predecessors */
  public Handles(SecretRing channel) {
    this.keys = new HmacRing(channel, "mintlog handle");
  }

  /** What a text that was presented as a handle is. */
  public sealed interface Reading {

    <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid, Supplier<T> unknownKey);

    /** A handle of ours, of the kind expected, for this tenant. Whether it is still worth anything, the state says. */
    record Valid(HandleSecret secret, AuthorizationId id, int generation) implements Reading {
      @Override
      public <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid, Supplier<T> unknownKey) {
        return valid.apply(this);
      }
    }

    /**
     * None of ours, or not for this tenant and kind.
     *
     * @param why what was expected and what was found; repeats nothing of the text
     */
    record Invalid(String why) implements Reading {
      @Override
      public <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid, Supplier<T> unknownKey) {
        return invalid.apply(this);
      }
    }

    /** Perhaps of a channel secret that this edge was not given: nothing may be concluded, neither grant nor refusal. */
    record UnknownKey() implements Reading {
      @Override
      public <T> T match(Function<Valid, T> valid, Function<Invalid, T> invalid, Supplier<T> unknownKey) {
        return unknownKey.get();
      }
    }
  }

  /**
   * The handle's text.
   *
   * @param generation 0 for a code or what is polled with, 1 and up for a refresh handle
   */
  public String write(String tenant, HandleSecret secret, HandleKind kind, int generation) {
    HmacKey key = keys.current();
    byte[] handle = new byte[LENGTH_BYTES];
    ByteBuffer.wrap(handle).putInt(0, key.keyId()).putInt(GENERATION_AT, generation);
    secret.copyTo(handle, SECRET_AT);
    handle[KIND_AT] = (byte) kind.wire();
    System.arraycopy(mac(key, tenant, handle), 0, handle, MAC_AT, MAC_BYTES);
    return ENCODER.encodeToString(handle);
  }

  public Reading read(String tenant, HandleKind expected, String text) {
    Optional<byte[]> decoded = decode(text);
    if (decoded.isEmpty()) {
      return new Reading.Invalid("expected " + TEXT_CHARACTERS + " characters of base64url, but found "
          + text.length() + (text.length() == TEXT_CHARACTERS ? " with others among them" : ""));
    }
    byte[] handle = decoded.get();
    ByteBuffer fields = ByteBuffer.wrap(handle);
    Optional<HmacKey> key = keys.byKeyId(fields.getInt(0));
    if (key.isEmpty()) {
      return new Reading.UnknownKey();
    }
    byte[] expectedMac = Arrays.copyOf(mac(key.get(), tenant, handle), MAC_BYTES);
    if (!MessageDigest.isEqual(expectedMac, Arrays.copyOfRange(handle, MAC_AT, LENGTH_BYTES))) {
      return new Reading.Invalid("expected a handle that was issued for this tenant, but found another text");
    }
    if (handle[KIND_AT] != (byte) expected.wire()) {
      return new Reading.Invalid("expected a handle of kind " + expected + ", but found another kind");
    }
    HandleSecret secret = HandleSecret.copiedFrom(handle, SECRET_AT);
    return new Reading.Valid(secret, secret.authorizationId(tenant), fields.getInt(GENERATION_AT));
  }

  private static Optional<byte[]> decode(String text) {
    if (text.length() != TEXT_CHARACTERS || LAST_CHARACTERS.indexOf(text.charAt(TEXT_CHARACTERS - 1)) < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(DECODER.decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] mac(HmacKey key, String tenant, byte[] handle) {
    byte[] tenantBytes = tenant.getBytes(StandardCharsets.UTF_8);
    Mac mac = key.mac();
    mac.update((byte) (tenantBytes.length >>> 8));
    mac.update((byte) tenantBytes.length);
    mac.update(tenantBytes);
    mac.update(handle, 0, MAC_AT);
    return mac.doFinal();
  }
}
