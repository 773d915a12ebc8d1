package dev.mintlog.edge.user;

import dev.mintlog.runtime.config.Settings;
import java.util.List;

/**
 * Signing in with a password.
 *
 * @param acrValues that a password satisfies
 * @param threads that compare passwords with Argon2id
 * @param queueMax how many wait beyond those that are compared
 */
public record PasswordConfig(List<String> acrValues, int threads, int queueMax) {

  public static PasswordConfig of(Settings settings) {
    return new PasswordConfig(settings.get(PasswordKeys.ACR_VALUES), settings.get(PasswordKeys.THREADS),
        settings.get(PasswordKeys.QUEUE_MAX));
  }
}
