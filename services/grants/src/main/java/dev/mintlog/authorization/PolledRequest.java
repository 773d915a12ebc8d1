package dev.mintlog.authorization;

import dev.mintlog.client.Scopes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A request whose client polls while its user decides elsewhere, and how it was answered: a device's, RFC 8628 §3.1 and
 * §3.2, or a client's for a user it knows, OpenID CIBA Core §7.
 *
 * @param handle what the client polls with; see {@link HandleKind#isPolled}
 * @param clientId the client that asked
 * @param scopes the scopes it asked for, or all it may have where it asked for none
 * @param expiresAt end of {@code expires_in}
 * @param userCodeDigest keyed digest of the user_code that was free, where the user types one; the code itself rests
 *     nowhere
 * @param backchannel what is asked of which user, where the client knows the user
 */
public record PolledRequest(
    HandleKind handle, String clientId, Scopes scopes, Instant expiresAt, Optional<String> userCodeDigest,
    Optional<BackchannelRequest> backchannel) {

  /** How much longer than {@code expires_in} the state is kept, so that a late poll still hears expired_token. */
  public static final Duration KEPT_AFTER_EXPIRY = Duration.ofMinutes(10);

  public PolledRequest {
    if (!handle.isPolled()) {
      throw new IllegalArgumentException("Expected a kind of handle that is polled with, but found " + handle);
    }
  }

  /** A device's, with the digest of its user_code. */
  public static PolledRequest ofDevice(String clientId, Scopes scopes, Instant expiresAt, String userCodeDigest) {
    return new PolledRequest(
        HandleKind.DEVICE_CODE, clientId, scopes, expiresAt, Optional.of(userCodeDigest), Optional.empty());
  }

  public static PolledRequest ofBackchannel(String clientId, Scopes scopes, Instant expiresAt,
      BackchannelRequest asked) {
    return new PolledRequest(
        HandleKind.AUTH_REQ_ID, clientId, scopes, expiresAt, Optional.empty(), Optional.of(asked));
  }

  /** The user who is asked, where the client knows them. */
  public Optional<String> subject() {
    return backchannel.map(BackchannelRequest::subject);
  }

  /** Whether {@code expires_in} is over. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
