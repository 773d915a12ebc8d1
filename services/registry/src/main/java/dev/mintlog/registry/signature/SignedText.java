package dev.mintlog.registry.signature;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The octets of a registry record that its signature is over: each part under its length, so that none can move. */
final class SignedText {
  private static final byte[] DOMAIN = "mintlog registry record".getBytes(StandardCharsets.UTF_8);

  private SignedText() {}

  static byte[] of(String topic, byte[] key, byte[] value) {
    byte[] topicBytes = topic.getBytes(StandardCharsets.UTF_8);
    int length = 4 * Integer.BYTES + DOMAIN.length + topicBytes.length + key.length + value.length;
    ByteBuffer text = ByteBuffer.allocate(length);
    for (byte[] part : new byte[][] {DOMAIN, topicBytes, key, value}) {
      text.putInt(part.length).put(part);
    }
    return text.array();
  }
}
