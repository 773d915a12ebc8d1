package dev.mintlog.edge.http.server;

import dev.mintlog.runtime.config.Settings;
import java.time.Duration;

/**
 * What clients may take of a port.
 *
 * @param arrivalMax how long the head of a request may take to arrive, and how long its body
 * @param idleMax how long a connection may be silent; longer than any wait for a reply, so that nobody who waits is
 *     taken for idle
 * @param connectionsMax connections that are open at one time
 */
public record HttpBounds(Duration arrivalMax, Duration idleMax, int connectionsMax) {
  private static final Duration IDLE_MAX = Duration.ofSeconds(60);

  /** As configured where nothing is. */
  public static final HttpBounds DEFAULT = new HttpBounds(Duration.ofSeconds(30), IDLE_MAX, 10_000);

  public static HttpBounds of(Settings settings) {
    return new HttpBounds(
        settings.get(HttpKeys.ARRIVAL_MAX), IDLE_MAX, settings.get(HttpKeys.CONNECTIONS_MAX));
  }

  /**
   * How long after one head the next must have arrived: the answer in between and the pause after it end by themselves.
   */
  Duration betweenHeadsMax() {
    return idleMax.multipliedBy(2).plus(arrivalMax);
  }
}
