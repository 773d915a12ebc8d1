package dev.mintlog.edge.limit;

import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/**
 * How wrong passwords slow those down who give them.
 *
 * @param userFreeFailures wrong passwords for one user that cost nothing yet, at least 1
 * @param userDelayMax how long a user's password is not looked at, at most
 * @param networkFreeFailures wrong passwords from one network to one client that cost nothing yet, at least 1
 * @param networkDelayMax how long no password from there is looked at, at most
 */
public record SignInPolicy(
    int userFreeFailures, Duration userDelayMax, int networkFreeFailures, Duration networkDelayMax) {
  public static final SignInPolicy DEFAULT =
      new SignInPolicy(5, Duration.ofMinutes(1), 20, Duration.ofMinutes(15));

  public static SignInPolicy of(Settings settings) {
    return new SignInPolicy(settings.get(SignInKeys.FREE_FAILURES), settings.get(SignInKeys.DELAY_MAX),
        settings.get(SignInKeys.NETWORK_FREE_FAILURES), settings.get(SignInKeys.NETWORK_DELAY_MAX));
  }
}
