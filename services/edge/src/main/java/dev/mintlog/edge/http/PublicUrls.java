package dev.mintlog.edge.http;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where clients find this service. Configured, never taken from a request: a Host header is the sender's choice.
 */
public final class PublicUrls {
  /** The tenant whose endpoints are at the plain paths. */
  public static final String DEFAULT_TENANT = "default";

  public static final String TOKEN = "/connect/token";
  public static final String TOKEN_ALIAS = "/oauth2/token";
  public static final String DEVICE_AUTHORIZATION = "/connect/deviceauthorization";
  /** Where MSAL looks for it: the token endpoint's path with another last segment. */
  public static final String DEVICE_CODE = "/connect/devicecode";
  public static final String DEVICE_CODE_ALIAS = "/oauth2/devicecode";
  public static final String REVOCATION = "/connect/revocation";
  public static final String REVOCATION_ALIAS = "/oauth2/revoke";
  public static final String BACKCHANNEL_AUTHENTICATION = "/connect/ciba";
  public static final String INTROSPECTION = "/connect/introspect";
  public static final String INTROSPECTION_ALIAS = "/oauth2/introspect";
  public static final String USERINFO = "/connect/userinfo";
  public static final String USERINFO_ALIAS = "/oauth2/userinfo";
  public static final String JWKS = "/.well-known/jwks.json";
  public static final String OPENID_CONFIGURATION = "/.well-known/openid-configuration";
  public static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
  /** Of the host alone, never behind a tenant. */
  public static final String WEB_FINGER = "/.well-known/webfinger";

  /** The documents whose path a tenant's name may follow, RFC 8414 §3.1. */
  public static final Set<String> METADATA = Set.of(OPENID_CONFIGURATION, OAUTH_METADATA);

  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final String base;
  private final Optional<String> authorizationEndpoint;
  private final String verificationUri;
  /** Where clients that have a host built in believe to be; without a path. */
  private final List<String> otherOrigins;

  /**
   * @param publicUrl how clients reach the plain paths
   * @param authorizationEndpoint the login application's, where there is one; so {@code verificationUri}: for another
   *     tenant than the default one its name stands behind the path
   * @param verificationUri where users enter a user_code, RFC 8628 §3.2
   */
  public PublicUrls(URI publicUrl, Optional<URI> authorizationEndpoint, URI verificationUri) {
    this(publicUrl, authorizationEndpoint, verificationUri, List.of());
  }

  /** @param otherHosts hosts, with port where and only where it is not 443, that clients reach this service by as well */
  public PublicUrls(URI publicUrl, Optional<URI> authorizationEndpoint, URI verificationUri, List<String> otherHosts) {
    String text = publicUrl.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.authorizationEndpoint = authorizationEndpoint.map(URI::toString);
    this.verificationUri = verificationUri.toString();
    this.otherOrigins = otherHosts.stream().map(host -> "https://" + host.toLowerCase(Locale.ROOT)).toList();
  }

  /** The URL of an endpoint's path for a tenant. */
  public String of(String tenant, String path) {
    return tenant.equals(DEFAULT_TENANT) ? base + path : base + "/" + tenant + path;
  }

  /** The URL of a path behind a name that stands for a tenant, whichever it is. */
  public String behind(String name, String path) {
    return base + "/" + name + path;
  }

  public String host() {
    return URI.create(base).getHost();
  }

  /** Where clients reach this service. */
  public URI base() {
    return URI.create(base);
  }

  /** Where clients reach this service by whom a URL was made: of the same scheme, host and port; empty where nowhere. */
  public Optional<URI> servedAt(URI uri) {
    return origins()
        .filter(own -> own.getScheme().equalsIgnoreCase(uri.getScheme()) && own.getHost().equalsIgnoreCase(uri.getHost())
            && port(own) == port(uri))
        .findFirst();
  }

  /**
   * Where clients reach this service by whom a URL was made who may have left the port out, as MSAL does where it asks about
   * a host; empty where nowhere.
   */
  public Optional<URI> namedBy(URI uri) {
    return servedAt(uri).or(() -> uri.getPort() < 0
        ? origins().filter(own -> own.getScheme().equalsIgnoreCase(uri.getScheme())
            && own.getHost().equalsIgnoreCase(uri.getHost())).findFirst()
        : Optional.empty());
  }

  /** Whether clients reach this service by a host, at whatever port. */
  public boolean isReachedBy(String host) {
    return origins().anyMatch(own -> own.getHost().equalsIgnoreCase(host));
  }

  private Stream<URI> origins() {
    return Stream.concat(Stream.of(base), otherOrigins.stream()).map(URI::create);
  }

  // RFC 3986 §6.2.3: "an explicit ":port", for which the port is empty or the default for the scheme", is the same.
  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  /** The URL of a request, without query, as the client addresses it. */
  public String asAddressed(String path) {
    return base + path;
  }

  /**
   * What an assertion may name as its audience, RFC 7523 §3: the token endpoint by either name, or the endpoint as it was
   * addressed.
   *
   * @param path of the request
   */
  Set<String> audiences(String tenant, String path) {
    Set<String> audiences = new HashSet<>(List.of(of(tenant, TOKEN), of(tenant, TOKEN_ALIAS)));
    audiences.add(asAddressed(path));
    for (String origin : otherOrigins) {
      audiences.add(origin + path);
      if (URI.create(origin).getPort() < 0) {
        audiences.add(origin + ":" + HTTPS_PORT + path);
      }
    }
    return audiences;
  }

  /** The login application's authorization endpoint, where there is one. */
  public Optional<String> authorizationEndpoint(String tenant) {
    return authorizationEndpoint.map(uri -> forTenant(uri, tenant));
  }

  /**
   * The URL of an authorization request at the login application; empty where there is none.
   *
   * @param query the request's, as it was written
   */
  public Optional<String> authorizationRequest(String tenant, Optional<String> query) {
    return authorizationEndpoint(tenant).map(
        uri -> query.map(text -> uri + (uri.indexOf('?') < 0 ? '?' : '&') + text).orElse(uri));
  }

  public String verificationUri(String tenant) {
    return forTenant(verificationUri, tenant);
  }

  // A user_code means something within its tenant alone: the login application has to see whose it is.
  private static String forTenant(String uri, String tenant) {
    if (tenant.equals(DEFAULT_TENANT)) {
      return uri;
    }
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    return path + (path.endsWith("/") ? "" : "/") + tenant + uri.substring(path.length());
  }

  /** RFC 8628 §3.3.1: the same, with the user_code in it. A user_code needs no encoding. */
  public String verificationUriComplete(String tenant, String userCode) {
    String uri = verificationUri(tenant);
    return uri + (uri.indexOf('?') < 0 ? '?' : '&') + "user_code=" + userCode;
  }
}
