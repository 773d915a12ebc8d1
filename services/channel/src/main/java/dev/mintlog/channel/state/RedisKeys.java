package dev.mintlog.channel.state;

import dev.mintlog.authorization.AuthorizationId;
import java.nio.charset.StandardCharsets;

/**
 * Names of Redis keys; docs/redis-keys.md lists them. The braces are Redis Cluster's hash tag: what belongs together
 * lives in one slot.
 */
public final class RedisKeys {
  private RedisKeys() {}

  /** One authorization's state: {@code mintlog:a:{tenant/id}}. */
  public static byte[] state(AuthorizationId id) {
    return bytes("mintlog:a:{" + id.key() + "}");
  }

  /** Where a user_code points: {@code mintlog:u:{tenant/digest}}. */
  public static byte[] userCode(String tenant, String digest) {
    return bytes("mintlog:u:{" + tenant + "/" + digest + "}");
  }

  /** Who spent a proof: {@code mintlog:j:{tenant/digest}}. */
  public static byte[] proof(String tenant, String digest) {
    return bytes("mintlog:j:{" + tenant + "/" + digest + "}");
  }

  /**
   * Says that a command partition's part is complete on this primary: {@code mintlog:m:<partition>}. In a cluster each
   * primary needs its own.
   */
  public static byte[] marker(int partition) {
    return bytes("mintlog:m:" + partition);
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
