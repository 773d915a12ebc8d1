package dev.mintlog.bench.script;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where requests go, the token endpoint or the login API: always plain HTTP on a loopback address.
 *
 * @param address where to connect
 * @param authority value of the Host header (RFC 9110 §7.2)
 * @param path absolute path with its query, as sent in the request line
 * @param option of the command that names it, for messages
 */
public record Target(InetSocketAddress address, String authority, String path, String option) {

  /** What can be an address without asking a resolver: names other than localhost are refused unresolved. */
  private static final Pattern IP_LITERAL = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[[0-9a-fA-F:.]+]");

  /** The token endpoint, which {@code --url} names. */
  public static Target of(URI url) {
    return of("--url", url);
  }

  /**
   * Reads {@code http://127.0.0.1:8080/path}.
   *
   * @throws BenchException unless it is an http URL whose host is localhost or a loopback address
   */
  public static Target of(String option, URI url) {
    if (!"http".equals(url.getScheme()) || url.getHost() == null || url.getUserInfo() != null) {
      throw new BenchException(option + " " + url + ": expected http://127.0.0.1:PORT/PATH");
    }
    InetAddress host = loopback(option, url.getHost());
    int port = url.getPort() == -1 ? 80 : url.getPort();
    if (port < 1 || port > 65535) {
      throw new BenchException(option + " " + url + ": the port must be 1 to 65535");
    }
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new Target(new InetSocketAddress(host, port), url.getRawAuthority(), path + query, option);
  }

  private static InetAddress loopback(String option, String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    try {
      if (IP_LITERAL.matcher(host).matches()) {
        InetAddress address = InetAddress.getByName(host);
        if (address.isLoopbackAddress()) {
          return address;
        }
      }
    } catch (UnknownHostException notAnAddress) {
      // falls through: refused like any other host
    }
    throw new BenchException(
        option + ": refused to load " + host + ": only loopback (localhost, 127.0.0.1, [::1]) is measured");
  }
}
