package dev.mintlog.edge.userprovider;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.ldap.LdapAuthentication;
import io.vertx.ext.auth.ldap.LdapAuthenticationOptions;
import java.net.URI;
import java.util.Set;

/** Users of a directory, who prove themselves by a simple bind, RFC 4513 §5.1.3. */
final class LdapUsers implements AuthenticationProviderFactory {
  private static final String URL = "url";
  private static final String QUERY = "authenticationQuery";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  @Override
  public String type() {
    return "ldap";
  }

  @Override
  public AuthenticationProvider create(Vertx vertx, JsonObject options) {
    ProviderOptions.requireKnown(options, Set.of(URL, QUERY));
    String query = ProviderOptions.text(options, QUERY);
    if (!query.contains("{0}")) {
      throw new IllegalArgumentException("expected a DN with {0} for the username as options." + QUERY);
    }
    return LdapAuthentication.create(vertx, new LdapAuthenticationOptions()
        .setUrl(url(ProviderOptions.text(options, URL)))
        .setAuthenticationQuery(query)
        // To follow a referral is to give the password to whom the directory names.
        .setReferral("ignore"));
  }

  // A simple bind sends the password as it is.
  private static String url(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected ldaps://host:port as options." + URL + ", found no URL", e);
    }
    boolean isKept = "ldaps".equals(url.getScheme())
        || "ldap".equals(url.getScheme()) && LOOPBACK.contains(String.valueOf(url.getHost()));
    if (!isKept || url.getHost() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("expected ldaps://host:port, or ldap:// on this machine, as options." + URL);
    }
    return text;
  }
}
