package dev.mintlog.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How a client's backchannel authentication requests are answered, OpenID CIBA Core §7.3.
 *
 * @param lifetime {@code expires_in}, unless the client asks for less
 * @param pollingInterval {@code interval}
 * @param notificationEndpoint https URL at which the client is told that it is decided (ping mode, §5); empty where
 *     it polls
 */
public record CibaPolicy(Duration lifetime, Duration pollingInterval, Optional<String> notificationEndpoint) {
  public static final CibaPolicy DEFAULT =
      new CibaPolicy(Duration.ofMinutes(5), Duration.ofSeconds(5), Optional.empty());
}
