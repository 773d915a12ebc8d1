package dev.mintlog.channel.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;

/**
 * Digests of what is too guessable to rest as a plain hash (user_codes, usernames): 128 bits of HMAC-SHA256 over tenant
 * and text, under a key of its own purpose.
 */
public final class KeyedDigest {
  private static final int DIGEST_BYTES = 16;
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final HmacRing keys;

  public KeyedDigest(SecretRing ring, String purpose) {
    this.keys = new HmacRing(ring, "mintlog digest " + purpose);
  }

  /** Under the current secret; 22 characters of base64url. */
  public String digest(String tenant, String text) {
    return digest(keys.current(), tenant, text);
  }

  /** Under each secret, the current one first: what was written under a predecessor is found too. */
  public List<String> digests(String tenant, String text) {
    List<String> digests = new ArrayList<>(keys.all().size());
    for (HmacKey key : keys.all()) {
      digests.add(digest(key, tenant, text));
    }
    return digests;
  }

  private static String digest(HmacKey key, String tenant, String text) {
    byte[] tenantBytes = tenant.getBytes(StandardCharsets.UTF_8);
    Mac mac = key.mac();
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(tenantBytes.length).flip());
    mac.update(tenantBytes);
    byte[] full = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return BASE64URL.encodeToString(Arrays.copyOf(full, DIGEST_BYTES));
  }
}
