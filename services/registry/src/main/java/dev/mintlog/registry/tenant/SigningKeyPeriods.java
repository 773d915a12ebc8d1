package dev.mintlog.registry.tenant;

import java.time.Duration;

/**
 * How a tenant's signing keys come and go.
 *
 * @param rotateEvery how long a key signs before the next one does; {@code announceFor} at least
 * @param announceFor how long a key stands in the JWKS before it signs: longer than {@code jwksMaxAge} by at least the
 *     time that the slowest edge takes to read a revision
 * @param jwksMaxAge how long a verifier may keep the JWKS
 */
public record SigningKeyPeriods(Duration rotateEvery, Duration announceFor, Duration jwksMaxAge) {
  // A day: some verifiers read the JWKS once a day, whatever its max-age says.
  public static final SigningKeyPeriods DEFAULT =
      new SigningKeyPeriods(Duration.ofDays(90), Duration.ofDays(1), Duration.ofMinutes(5));
}
