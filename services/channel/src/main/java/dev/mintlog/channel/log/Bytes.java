package dev.mintlog.channel.log;

import java.nio.ByteBuffer;

/** The bytes of an Avro {@code bytes} field. */
public final class Bytes {
  private Bytes() {}

  /** The buffer's remaining bytes; the buffer stays as it is. */
  public static byte[] of(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
