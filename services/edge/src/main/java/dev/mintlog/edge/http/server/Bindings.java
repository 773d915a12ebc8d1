package dev.mintlog.edge.http.server;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;

/**
 * Where to listen.
 *
 * @param port 0 for any free one; so {@code loginPort}
 */
public record Bindings(String host, int port, String loginHost, int loginPort, int eventLoops) {

  /** @throws ConfigException where both ports are one */
  public static Bindings of(Settings settings) {
    Bindings bindings = new Bindings(settings.get(HttpKeys.HOST), settings.get(HttpKeys.PORT),
        settings.get(HttpKeys.LOGIN_HOST), settings.get(HttpKeys.LOGIN_PORT), settings.get(HttpKeys.EVENT_LOOPS));
    // On one host and port the two servers would be one, and clients would reach the internal API.
    if (bindings.port != 0 && bindings.port == bindings.loginPort) {
      throw new ConfigException(HttpKeys.LOGIN_PORT + " is " + bindings.port + ", as " + HttpKeys.PORT
          + " is; expected another port for the internal API");
    }
    return bindings;
  }
}
