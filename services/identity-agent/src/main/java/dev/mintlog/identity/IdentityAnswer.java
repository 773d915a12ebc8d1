package dev.mintlog.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** What becomes of a workload's request. */
sealed interface IdentityAnswer {
  /**
   * An access token. It does not print.
   *
   * @param lifetime what it was issued for
   */
  record Issued(String accessToken, String tokenType, Instant expiresAt, Duration lifetime) implements IdentityAnswer {
    @Override
    public String toString() {
      return "Issued[expiresAt=" + expiresAt + "]";
    }
  }

  /**
   * None.
   *
   * @param error a word for programs, of the characters of RFC 6749 §5.2
   * @param description what was expected and what was found; no secret
   * @param retryAfterSeconds when to try again; 0 where that would not help
   */
  record Refused(int status, String error, String description, int retryAfterSeconds) implements IdentityAnswer {
    static Refused badRequest(String description) {
      return new Refused(400, "invalid_request", description, 0);
    }

    static Refused unavailable(String description) {
      return new Refused(503, "temporarily_unavailable", description, 1);
    }
  }

  /** One answer per variant. */
  default <R> R match(Function<Issued, R> issued, Function<Refused, R> refused) {
    return this instanceof Issued token ? issued.apply(token) : refused.apply((Refused) this);
  }
}
