package dev.mintlog.edge.proof;

import dev.mintlog.runtime.config.Settings;

/**
 * What comparing client secrets hashed with Argon2id may take.
 *
 * @param queueMax how many wait beyond those that run
 */
public record SlowSecretConfig(int threads, int queueMax) {

  public static SlowSecretConfig of(Settings settings) {
    return new SlowSecretConfig(settings.get(SlowSecretKeys.THREADS), settings.get(SlowSecretKeys.QUEUE_MAX));
  }
}
