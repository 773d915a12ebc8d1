package dev.mintlog.edge.userprovider;

import dev.mintlog.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Users that are not in the registry.
 *
 * @param file names their providers; empty where the registry's users are all there are
 */
public record UserProviderConfig(Optional<Path> file, ProviderBounds bounds) {

  public static UserProviderConfig of(Settings settings) {
    return new UserProviderConfig(settings.find(UserProviderKeys.FILE), new ProviderBounds(
        settings.get(UserProviderKeys.THREADS), settings.get(UserProviderKeys.OUTSTANDING_MAX),
        settings.get(UserProviderKeys.WAIT), settings.get(UserProviderKeys.REFUSAL_AFTER)));
  }
}
