package dev.mintlog.registry.document.text;

import dev.mintlog.client.ClaimValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which names and addresses are taken. */
public final class Names {
  private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,200}");

  /** RFC 6749 §3.3: {@code scope-token = 1*( %x21 / %x23-5B / %x5D-7E )}. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5b\\x5d-\\x7e]{1,200}");

  private static final Pattern ORIGIN = Pattern.compile("https?://(?:[a-z0-9.-]+|\\[[0-9a-f:]+])(?::[0-9]{1,5})?");

  /** First path segments that the service itself answers on, or that clients of other servers expect a meaning of. */
  private static final Set<String> RESERVED_TENANTS = Set.of("connect", "oauth2", "adfs", "common", "organizations",
      "consumers", "health", "metrics", "login", "account", "device", "audit", "mintlog", ".well-known");

  private static final Set<String> LOOPBACK_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> SCRIPT_SCHEMES = Set.of("javascript", "data", "vbscript", "blob", "about", "file");

  private Names() {}

  public static void checkTenant(Fields fields, String key, String name) {
    if (name.isEmpty()) {
      return;
    }
    if (RESERVED_TENANTS.contains(name)) {
      fields.problem(key, "'" + name + "' is a reserved name");
    } else if (!TENANT.matcher(name).matches()) {
      fields.problem(key, "expected up to 63 of a-z, 0-9, '.', '_', '-', a letter or digit first, found '" + name + "'");
    }
  }

  public static void checkVisible(Fields fields, String key, String text) {
    if (!text.isEmpty() && !VISIBLE.matcher(text).matches()) {
      fields.problem(key, "expected 1 to 200 visible ASCII characters without space");
    }
  }

  public static void checkClaim(Fields fields, String key, String name) {
    if (!ClaimValues.isName(name)) {
      fields.problem(key, "expected names of claims beyond the protocol's own, found '" + name + "'");
    }
  }

  public static boolean isScope(String text) {
    return SCOPE.matcher(text).matches();
  }

  public static boolean isOrigin(String text) {
    return ORIGIN.matcher(text).matches();
  }

  public static Optional<String> issuerProblem(String text) {
    Optional<URI> uri = uri(text);
    // RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components"; plain http is taken
    // for a service that is tried out or that stands behind a proxy.
    boolean good = uri.isPresent() && uri.get().getHost() != null
        && Set.of("http", "https").contains(uri.get().getScheme())
        && uri.get().getRawQuery() == null && uri.get().getRawFragment() == null && uri.get().getRawUserInfo() == null
        && !text.endsWith("/");
    return good ? Optional.empty()
        : Optional.of("expected an http(s) URL without query, fragment or trailing slash, found '" + text + "'");
  }

  public static Optional<String> redirectUriProblem(String text) {
    Optional<URI> uri = uri(text);
    // RFC 6749 §3.1.2: "The redirection endpoint URI MUST be an absolute URI [...] MUST NOT include a fragment".
    if (uri.isEmpty() || !uri.get().isAbsolute() || uri.get().getRawFragment() != null) {
      return Optional.of("expected an absolute URI without fragment (RFC 6749 §3.1.2), found '" + text + "'");
    }
    String scheme = uri.get().getScheme().toLowerCase(Locale.ROOT);
    if (SCRIPT_SCHEMES.contains(scheme)) {
      return Optional.of("scheme '" + scheme + "' is not for redirection, found '" + text + "'");
    }
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (web && uri.get().getHost() == null) {
      return Optional.of("expected a host, found '" + text + "'");
    }
    // RFC 9700 §2.6: no redirect URIs "that use the http scheme except for native clients that use loopback".
    if (scheme.equals("http") && !LOOPBACK_HOSTS.contains(uri.get().getHost().toLowerCase(Locale.ROOT))) {
      return Optional.of("http is for loopback alone (RFC 9700 §2.6), found '" + text + "'");
    }
    return Optional.empty();
  }

  public static Optional<String> keySetUriProblem(String text) {
    Optional<URI> uri = uri(text);
    boolean isWhole = uri.isPresent() && uri.get().isAbsolute() && uri.get().getHost() != null
        && uri.get().getRawFragment() == null && uri.get().getRawUserInfo() == null;
    // Whoever stands between could put keys of their own in the place of those fetched in plain text.
    boolean isSafe = isWhole && (uri.get().getScheme().equalsIgnoreCase("https")
        || uri.get().getScheme().equalsIgnoreCase("http")
            && LOOPBACK_HOSTS.contains(uri.get().getHost().toLowerCase(Locale.ROOT)));
    return isSafe ? Optional.empty()
        : Optional.of("expected an https URL without user and fragment, or an http one of loopback, found '" + text + "'");
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
