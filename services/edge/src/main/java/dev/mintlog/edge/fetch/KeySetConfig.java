package dev.mintlog.edge.fetch;

import dev.mintlog.edge.outbound.Addresses;
import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/**
 * How key sets are fetched.
 *
 * @param addresses of hosts that may be asked
 * @param waitMax from the name to the last byte
 */
public record KeySetConfig(Addresses addresses, Duration waitMax) {

  public static KeySetConfig of(Settings settings) {
    return new KeySetConfig(
        settings.get(KeySetKeys.ALLOW_PRIVATE_ADDRESSES)
            ? Addresses.any() : Addresses.publicOnly(KeySetKeys.ALLOW_PRIVATE_ADDRESSES),
        settings.get(KeySetKeys.WAIT));
  }
}
