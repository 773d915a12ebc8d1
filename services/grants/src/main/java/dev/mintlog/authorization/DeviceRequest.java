package dev.mintlog.authorization;

import dev.mintlog.client.Scopes;
import java.time.Duration;
import java.time.Instant;

/**
 * What a device asked for, RFC 8628 §3.1, and how it was answered, §3.2.
 *
 * @param clientId the client that asked
 * @param scopes the scopes it asked for, or all it may have where it asked for none
 * @param userCodeDigest keyed digest of the user_code that was free; the code itself rests nowhere
 * @param expiresAt end of {@code expires_in}
 */
public record DeviceRequest(String clientId, Scopes scopes, String userCodeDigest, Instant expiresAt) {

  /** Whether {@code expires_in} is over. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }

  /** How much longer than {@code expires_in} the state is kept, so that a late poll still hears expired_token. */
  public static final Duration KEPT_AFTER_EXPIRY = Duration.ofMinutes(10);
}
