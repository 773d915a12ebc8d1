package dev.mintlog.channel.secret;

import java.util.List;
import java.util.Optional;

/** One HMAC key per secret of a ring, all for the same purpose. */
public final class HmacRing {
  private final List<HmacKey> keys;

  public HmacRing(SecretRing ring, String purpose) {
    this.keys = ring.all().stream().map(secret -> new HmacKey(secret, purpose)).toList();
  }

  public HmacKey current() {
    return keys.get(0);
  }

  public Optional<HmacKey> byKeyId(int keyId) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).keyId() == keyId) {
        return Optional.of(keys.get(i));
      }
    }
    return Optional.empty();
  }

  /** Current one first. */
  public List<HmacKey> all() {
    return keys;
  }
}
