package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.NamedProxies;
import dev.mintlog.edge.request.AddressBlock;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.util.List;

/**
 * Where to listen, and behind whom.
 *
 * @param port 0 for any free one; so {@code loginPort}
 * @param proxies whose word counts for where a request comes from
 * @param bounds of each port
 */
public record Bindings(
    String host, int port, String loginHost, int loginPort, int eventLoops, NamedProxies proxies,
    HttpBounds bounds) {

  /** @throws ConfigException where both ports are one, or a proxy is named by what is no address */
  public static Bindings of(Settings settings) {
    Bindings bindings = new Bindings(settings.get(HttpKeys.HOST), settings.get(HttpKeys.PORT),
        settings.get(HttpKeys.LOGIN_HOST), settings.get(HttpKeys.LOGIN_PORT), settings.get(HttpKeys.EVENT_LOOPS),
        proxies(settings.find(HttpKeys.PROXIES).orElse(List.of())), HttpBounds.of(settings));
    // On one host and port the two servers would be one, and clients would reach the internal API.
    if (bindings.port != 0 && bindings.port == bindings.loginPort) {
      throw new ConfigException(HttpKeys.LOGIN_PORT + " is " + bindings.port + ", as " + HttpKeys.PORT
          + " is; expected another port for the internal API");
    }
    return bindings;
  }

  private static NamedProxies proxies(List<String> texts) {
    return new NamedProxies(texts.stream().map(text -> AddressBlock.parse(text).orElseThrow(() ->
        new ConfigException(HttpKeys.PROXIES + " has '" + text + "', but expected IP addresses in digits such as"
            + " 10.0.0.7, or blocks such as 10.1.0.0/16; names are not looked up"))).toList());
  }
}
