package dev.mintlog.edge.limit;

import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/**
 * How wrong client secrets slow those down who give them.
 *
 * @param freeFailures wrong secrets for one client from one network that cost nothing yet, at least 1
 * @param delayMax how long no secret for that client from there is compared, at most
 */
public record ClientProofPolicy(int freeFailures, Duration delayMax) {
  public static final ClientProofPolicy DEFAULT = new ClientProofPolicy(10, Duration.ofMinutes(1));

  public static ClientProofPolicy of(Settings settings) {
    return new ClientProofPolicy(
        settings.get(ClientProofKeys.FREE_FAILURES), settings.get(ClientProofKeys.DELAY_MAX));
  }
}
