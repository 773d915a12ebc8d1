package dev.mintlog.edge.http;

import java.net.URI;
import java.util.Optional;

/**
 * Where clients find this service. Configured, never taken from a request: a Host header is the sender's choice.
 */
public final class PublicUrls {
  /** The tenant whose endpoints are at the plain paths. */
  public static final String DEFAULT_TENANT = "default";

  static final String TOKEN = "/connect/token";
  static final String TOKEN_ALIAS = "/oauth2/token";
  static final String DEVICE_AUTHORIZATION = "/connect/deviceauthorization";
  static final String REVOCATION = "/connect/revocation";
  static final String REVOCATION_ALIAS = "/oauth2/revoke";
  static final String JWKS = "/.well-known/jwks.json";
  static final String OPENID_CONFIGURATION = "/.well-known/openid-configuration";
  static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";

  private final String base;
  private final Optional<String> authorizationEndpoint;
  private final String verificationUri;

  /**
   * @param publicUrl how clients reach the plain paths
   * @param authorizationEndpoint the login application's, where there is one
   * @param verificationUri where users enter a user_code, RFC 8628 §3.2
   */
  public PublicUrls(URI publicUrl, Optional<URI> authorizationEndpoint, URI verificationUri) {
    String text = publicUrl.toString();
    this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    this.authorizationEndpoint = authorizationEndpoint.map(URI::toString);
    this.verificationUri = verificationUri.toString();
  }

  /** The URL of an endpoint's path for a tenant. */
  String of(String tenant, String path) {
    return tenant.equals(DEFAULT_TENANT) ? base + path : base + "/" + tenant + path;
  }

  Optional<String> authorizationEndpoint() {
    return authorizationEndpoint;
  }

  String verificationUri() {
    return verificationUri;
  }

  /** RFC 8628 §3.3.1: the same, with the user_code in it. A user_code needs no encoding. */
  String verificationUriComplete(String userCode) {
    return verificationUri + (verificationUri.indexOf('?') < 0 ? '?' : '&') + "user_code=" + userCode;
  }
}
