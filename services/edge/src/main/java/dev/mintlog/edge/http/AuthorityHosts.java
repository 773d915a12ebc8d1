package dev.mintlog.edge.http;

import dev.mintlog.runtime.config.ConfigException;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Further hosts that clients reach the public port by, as they are configured: {@code host} or {@code host:port}. */
final class AuthorityHosts {
  private static final Pattern HOST = Pattern.compile("([a-zA-Z0-9][a-zA-Z0-9.-]{0,252})(?::([0-9]{1,5}))?");
  private static final int PORT_MAX = 65_535;
  /** RFC 9110 §4.2.2: the default port of https. */
  private static final int PORT_DEFAULT = 443;

  private AuthorityHosts() {}

  /** @return each once, without the port where it is the default one */
  static List<String> read(List<String> texts) {
    return texts.stream().map(AuthorityHosts::read).distinct().toList();
  }

  private static String read(String text) {
    Matcher parts = HOST.matcher(text);
    if (!parts.matches() || URI.create("https://" + parts.group(1)).getHost() == null) {
      throw new ConfigException(PublicUrlKeys.AUTHORITY_HOSTS + " has '" + text + "', but expected host or host:port");
    }
    if (parts.group(2) == null) {
      return text;
    }
    int port = Integer.parseInt(parts.group(2));
    if (port < 1 || port > PORT_MAX) {
      throw new ConfigException(PublicUrlKeys.AUTHORITY_HOSTS + " has '" + text + "', but expected host:port with a port from 1"
          + " to " + PORT_MAX + ", or host alone for " + PORT_DEFAULT);
    }
    return port == PORT_DEFAULT ? parts.group(1) : parts.group(1) + ":" + port;
  }
}
