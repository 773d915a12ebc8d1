package dev.mintlog.channel.log;

import java.nio.charset.StandardCharsets;

/**
 * Which partition a key belongs to: murmur2 of its UTF-8 bytes, sign bit dropped, modulo the count, as Kafka's own
 * clients do by default. It is written out here because everything of one authorization must meet in one partition for
 * as long as the topic lives, whatever a client library does by then.
 *
 * @param count how many partitions token-commands, token-events and authorizations have; fixed at creation
 */
public record Partitions(int count) {
  private static final int SEED = 0x9747b28c;
  private static final int M = 0x5bd1e995;
  private static final int R = 24;

  public Partitions {
    if (count < 1) {
      throw new IllegalArgumentException("expected at least one partition, but found " + count);
    }
  }

  public int of(String key) {
    return (murmur2(key.getBytes(StandardCharsets.UTF_8)) & 0x7fffffff) % count;
  }

  static int murmur2(byte[] data) {
    int length = data.length;
    int h = SEED ^ length;
    int whole = length & ~3;
    for (int i = 0; i < whole; i += 4) {
      int k = (data[i] & 0xff) | (data[i + 1] & 0xff) << 8 | (data[i + 2] & 0xff) << 16 | (data[i + 3] & 0xff) << 24;
      k *= M;
      k ^= k >>> R;
      k *= M;
      h = (h * M) ^ k;
    }
    int rest = length - whole;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        h ^= (data[whole + i] & 0xff) << (8 * i);
      }
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ (h >>> 15);
  }
}
