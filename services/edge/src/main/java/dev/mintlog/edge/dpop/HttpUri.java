package dev.mintlog.edge.dpop;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The form in which URIs of requests are compared, RFC 3986 §6.2.2 and §6.2.3. */
final class HttpUri {
  private HttpUri() {}

  /**
   * RFC 9449 §4.3: "ignoring any query and fragment parts"; scheme and host in lower case, no default port, no dot
   * segments. Empty where the text is no absolute http or https URI.
   */
  static Optional<String> normalized(String text) {
    try {
      URI uri = new URI(text).normalize();
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean isHttp = scheme.equals("http") || scheme.equals("https");
      if (!isHttp || uri.getHost() == null || uri.getUserInfo() != null) {
        return Optional.empty();
      }
      int port = uri.getPort() == (scheme.equals("http") ? 80 : 443) ? -1 : uri.getPort();
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return Optional.of(
          scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (port < 0 ? "" : ":" + port) + path);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
