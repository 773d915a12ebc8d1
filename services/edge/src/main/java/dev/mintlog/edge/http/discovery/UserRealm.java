package dev.mintlog.edge.http.discovery;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.JsonText;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Says that a user's password is judged here. MSAL asks before it sends one. Every user gets the same answer: whether there
 * is one of that name, nobody learns.
 */
public final class UserRealm implements Endpoint {
  /** Longer names are nobody's; percent-encoded. */
  public static final int USER_CHARACTERS_MAX = 320;

  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);

  private final PublicUrls urls;

  public UserRealm(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    String path = exchange.request().path();
    String encoded = EntraPaths.userOfRealm(path.substring(path.indexOf('/', 1)));
    if (encoded.length() > USER_CHARACTERS_MAX) {
      Responses.refusal(exchange, Refusal.invalidRequest("expected a user's name of at most " + USER_CHARACTERS_MAX
          + " characters, but found " + encoded.length()));
      return;
    }
    Responses.json(exchange, 200, new JsonText(160)
        .plainMember("ver", "1.0")
        .plainMember("account_type", "Managed")
        .member("domain_name", domain(encoded))
        .member("cloud_instance_name", urls.host())
        .end());
  }

  // What stands behind the last @, or this host where nothing does.
  private String domain(String encoded) {
    try {
      String user = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      String domain = user.substring(user.lastIndexOf('@') + 1);
      return user.indexOf('@') < 0 || domain.isEmpty() ? urls.host() : domain;
    } catch (IllegalArgumentException e) {
      return urls.host();
    }
  }
}
