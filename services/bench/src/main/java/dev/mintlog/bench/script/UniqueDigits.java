package dev.mintlog.bench.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** 16 hex digits that no two requests of a run share. For one thread. */
public final class UniqueDigits {

  static final int LENGTH = 16;

  private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

  private long next = System.nanoTime();

  void putNext(ByteBuffer buffer, int at) {
    long value = next++;
    for (int digit = 0; digit < LENGTH; digit++) {
      buffer.put(at + digit, HEX[(int) (value >>> (60 - 4 * digit)) & 0xf]);
    }
  }

  public String next() {
    return String.format("%016x", next++);
  }
}
