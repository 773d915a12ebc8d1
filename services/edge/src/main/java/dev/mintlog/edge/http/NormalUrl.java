package dev.mintlog.edge.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * A URL as clients write it that take what they were given for the same: what follows from it is compared letter by letter with
 * theirs, such as the audience of an assertion. MSAL.NET has its authority in lower case and without the default port.
 */
final class NormalUrl {
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private NormalUrl() {}

  /** RFC 3986 §6.2.2.1 and §6.2.3: scheme and host in lower case, and no port where it is the scheme's own. */
  static URI of(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int own = scheme.equals("https") ? HTTPS_PORT : HTTP_PORT;
    try {
      return new URI(scheme, null, url.getHost().toLowerCase(Locale.ROOT), url.getPort() == own ? -1 : url.getPort(),
          url.getPath(), null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(url.toString(), e);
    }
  }
}
