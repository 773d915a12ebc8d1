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
 * Remembers, briefly, which secrets were found to fit which slow hash, so that a busy client does not pay Argon2id for
 * each token. Kept are HMACs under a key that is drawn at start and never leaves the process; only success is kept.
 * Thread-safe.
 */
final class VerifiedSecrets {
  private static final String HMAC = "HmacSHA256";

  private final int entriesMax;
  private final long keptNanos;
  private final LongSupplier nanoTime;
  private final ThreadLocal<Mac> macs;
  private final Map<String, Long> keptUntil;

  VerifiedSecrets(int entriesMax, Duration kept, SecureRandom random, LongSupplier nanoTime) {
    this.entriesMax = entriesMax;
    this.keptNanos = kept.toNanos();
    this.nanoTime = nanoTime;
    byte[] key = new byte[32];
    random.nextBytes(key);
    SecretKeySpec spec = new SecretKeySpec(key, HMAC);
    this.macs = ThreadLocal.withInitial(() -> mac(spec));
    this.keptUntil = new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
        return size() > VerifiedSecrets.this.entriesMax;
      }
    };
  }

  void remember(String hash, ClientSecret secret) {
    String digest = digest(hash, secret);
    synchronized (keptUntil) {
      keptUntil.remove(digest);
      keptUntil.put(digest, nanoTime.getAsLong() + keptNanos);
    }
  }

  boolean isRemembered(String hash, ClientSecret secret) {
    String digest = digest(hash, secret);
    synchronized (keptUntil) {
      Long until = keptUntil.get(digest);
      if (until != null && until - nanoTime.getAsLong() <= 0) {
        keptUntil.remove(digest);
        return false;
      }
      return until != null;
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
