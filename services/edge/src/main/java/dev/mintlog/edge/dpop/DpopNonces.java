package dev.mintlog.edge.dpop;

import dev.mintlog.channel.secret.KeyedDigest;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Nonces for proofs, RFC 9449 §8. Nothing is kept of them: a nonce is the time it was given at and a keyed digest of
 * that, so that every edge takes what any edge gave. Thread-safe.
 */
public final class DpopNonces {
  /** How long a nonce is taken. */
  public static final Duration AGE_MAX = Duration.ofMinutes(5);

  // Another edge may have given it, and its clock may be ahead of ours.
  private static final Duration CLOCK_LEEWAY = Duration.ofSeconds(1);
  private static final Pattern NONCE = Pattern.compile("(\\d{1,12})\\.([A-Za-z0-9_-]{22})");

  private final KeyedDigest digest;

  /** @param channel the channel secret */
  public DpopNonces(SecretRing channel) {
    this.digest = new KeyedDigest(channel, "dpop nonce");
  }

  /** A nonce for a client of the tenant. */
  public String at(String tenant, Instant now) {
    String seconds = Long.toString(now.getEpochSecond());
    return seconds + '.' + digest.digest(tenant, seconds);
  }

  /** When the nonce was given; empty where it is not ours, or too old. */
  Optional<Instant> givenAt(String tenant, String nonce, Instant now) {
    Matcher parts = NONCE.matcher(nonce);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Instant givenAt = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
    boolean isYoung = !givenAt.isAfter(now.plus(CLOCK_LEEWAY)) && !now.isAfter(givenAt.plus(AGE_MAX));
    return isYoung && isOurs(tenant, parts.group(1), parts.group(2)) ? Optional.of(givenAt) : Optional.empty();
  }

  private boolean isOurs(String tenant, String seconds, String presented) {
    byte[] found = presented.getBytes(StandardCharsets.US_ASCII);
    return digest.digests(tenant, seconds).stream()
        .anyMatch(expected -> MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), found));
  }
}
