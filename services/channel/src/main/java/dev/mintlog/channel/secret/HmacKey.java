package dev.mintlog.channel.secret;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** An HMAC-SHA256 key for one purpose, with a keyed Mac per thread: making one anew costs more than using it. */
public final class HmacKey {
  private static final String HMAC = "HmacSHA256";
  public static final int MAC_BYTES = 32;

  private final int keyId;
  private final ThreadLocal<Mac> macs;

  HmacKey(RootSecret secret, String purpose) {
    this.keyId = secret.keyId();
    SecretKey key = new SecretKeySpec(secret.derive(purpose, MAC_BYTES), HMAC);
    this.macs = ThreadLocal.withInitial(() -> keyed(key));
  }

  /** Key id of the secret it was derived from. */
  public int keyId() {
    return keyId;
  }

  /** This thread's Mac, keyed and empty; whoever takes it finishes it before returning. */
  public Mac mac() {
    return macs.get();
  }

  private static Mac keyed(SecretKey key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected every JDK to have " + HMAC, e);
    }
  }

  @Override
  public String toString() {
    return "HmacKey[redacted, key id " + Integer.toHexString(keyId) + "]";
  }
}
