package dev.mintlog.edge.proof.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers, while they are used, which secrets were found to fit which slow hash, so that a busy client does not pay
 * Argon2id for each token, nor waits behind those who guess. Kept are HMACs under a key that is drawn at start and
 * never leaves the process; only success is kept. What is kept ends with the registered hash, which it is kept by; it
 * has no end of its own, for at that moment a busy client would have to wait behind those who guess.
 * Thread-safe.
 */
final class VerifiedSecrets {
  private static final String HMAC = "HmacSHA256";

  private final int entriesMax;
  private final long unusedNanosMax;
  private final LongSupplier nanoTime;
  private final ThreadLocal<Mac> macs;
  private final Map<String, Long> kept;

  /**
   * @param entriesMax beyond these the one that was not used for longest is forgotten
   * @param unusedMax how long it is remembered without being used
   */
  VerifiedSecrets(int entriesMax, Duration unusedMax, SecureRandom random, LongSupplier nanoTime) {
    this.entriesMax = entriesMax;
    this.unusedNanosMax = unusedMax.toNanos();
    this.nanoTime = nanoTime;
    byte[] key = new byte[32];
    random.nextBytes(key);
    SecretKeySpec spec = new SecretKeySpec(key, HMAC);
    this.macs = ThreadLocal.withInitial(() -> mac(spec));
    this.kept = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > VerifiedSecrets.this.entriesMax;
      }
    };
  }

  void remember(String hash, ClientSecret secret) {
    String digest = digest(hash, secret);
    long now = nanoTime.getAsLong();
    synchronized (kept) {
      kept.put(digest, now);
    }
  }

  boolean isRemembered(String hash, ClientSecret secret) {
    String digest = digest(hash, secret);
    long now = nanoTime.getAsLong();
    synchronized (kept) {
      Long usedAt = kept.get(digest);
      if (usedAt == null) {
        return false;
      }
      if (now - usedAt >= unusedNanosMax) {
        kept.remove(digest);
        return false;
      }
      kept.put(digest, now);
      return true;
    }
  }

  // The hash's text has no NUL and comes first, so the pair is read in one way only.
  private String digest(String hash, ClientSecret secret) {
    Mac mac = macs.get();
    mac.update(hash.getBytes(StandardCharsets.US_ASCII));
    mac.update((byte) 0);
    return Base64.getEncoder().encodeToString(mac.doFinal(secret.text().getBytes(StandardCharsets.UTF_8)));
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
