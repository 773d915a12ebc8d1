package dev.mintlog.channel.log;

import dev.mintlog.channel.secret.HmacKey;
import dev.mintlog.channel.secret.HmacRing;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;

/**
 * Authenticates records: a header holds key id (4) and HMAC-SHA256 (32) over topic, key and value. Who can write to a
 * topic but lacks the channel secret writes nothing that anybody reads. Thread-safe.
 */
public final class RecordMac {
  private static final int HEADER_BYTES = Integer.BYTES + HmacKey.MAC_BYTES;
  private static final int NO_KEY = -1;

  private final HmacRing keys;
  /** Topics are few and ours. */
  private final Map<String, byte[]> topicHeads = new ConcurrentHashMap<>();

  /** @param channel the channel secret and its predecessors */
  public RecordMac(SecretRing channel) {
    this.keys = new HmacRing(channel, "mintlog record");
  }

  /**
   * The header's bytes.
   *
   * @param key may be null, which is another thing than empty
   */
  public byte[] mac(String topic, byte[] key, byte[] value) {
    HmacKey current = keys.current();
    byte[] header = new byte[HEADER_BYTES];
    ByteBuffer.wrap(header).putInt(current.keyId());
    try {
      begun(current, topic, key, value).doFinal(header, Integer.BYTES);
      return header;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected room for a MAC", e);
    }
  }

  public boolean isAuthentic(String topic, byte[] key, byte[] value, byte[] header) {
    return problem(topic, key, value, header).isEmpty();
  }

  /**
   * @param header null where the record has none
   * @return why the record is not authentic; empty where it is
   */
  public Optional<String> problem(String topic, byte[] key, byte[] value, byte[] header) {
    if (header == null) {
      return Optional.of("expected a MAC header, but found none");
    }
    if (header.length != HEADER_BYTES) {
      return Optional.of("expected a MAC header of " + HEADER_BYTES + " bytes, but found " + header.length);
    }
    if (value == null) {
      return Optional.of("expected a value, but found none");
    }
    int keyId = ByteBuffer.wrap(header).getInt();
    Optional<HmacKey> known = keys.byKeyId(keyId);
    if (known.isEmpty()) {
      return Optional.of("expected a MAC under a channel secret accepted here, but found key id "
          + Integer.toHexString(keyId));
    }
    byte[] expected = begun(known.get(), topic, key, value).doFinal();
    byte[] found = Arrays.copyOfRange(header, Integer.BYTES, HEADER_BYTES);
    return MessageDigest.isEqual(expected, found)
        ? Optional.empty()
        : Optional.of("expected the MAC of topic, key and value, but found another");
  }

  // Topic and key under their lengths, the value last: nothing can move from one into the next.
  private Mac begun(HmacKey hmac, String topic, byte[] key, byte[] value) {
    Mac mac = hmac.mac();
    mac.update(topicHeads.computeIfAbsent(topic, RecordMac::head));
    int keyLength = key == null ? NO_KEY : key.length;
    mac.update((byte) (keyLength >>> 24));
    mac.update((byte) (keyLength >>> 16));
    mac.update((byte) (keyLength >>> 8));
    mac.update((byte) keyLength);
    if (key != null) {
      mac.update(key);
    }
    mac.update(value);
    return mac;
  }

  private static byte[] head(String topic) {
    byte[] text = topic.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(text.length).put(text).array();
  }
}
