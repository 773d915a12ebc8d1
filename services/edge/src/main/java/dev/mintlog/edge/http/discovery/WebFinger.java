package dev.mintlog.edge.http.discovery;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Says of this service's own hosts, RFC 7033, that they are a realm to be trusted. MSAL for .NET asks this of the host of an
 * ADFS before it sends anything else; of users and everything else nothing is said.
 */
public final class WebFinger implements Endpoint {
  /** The relation that clients of ADFS look for; its target is the host that they were given. */
  public static final String TRUSTED_REALM = "http://schemas.microsoft.com/rel/trusted-realm";

  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);
  // RFC 7033 §4.1: rel "MAY be included multiple times"; resource stands exactly once.
  private static final Set<String> REPEATABLE = Set.of("rel");
  // RFC 7033 §10.2.
  private static final CharSequence JRD = HttpHeaders.createOptimized("application/jrd+json");

  private final PublicUrls urls;

  public WebFinger(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.ofQuery(exchange, REPEATABLE).then(this::described).either(
        document -> Responses.sensitive(exchange, JRD, Buffer.buffer(document.encode())),
        refusal -> Responses.refusal(exchange, refusal));
  }

  private Checked<JsonObject> described(Form form) {
    // RFC 7033 §4.2: "If the "resource" parameter is absent or malformed, the WebFinger resource MUST indicate that the
    // request is bad as per Section 10.4.1 of [RFC2616]."
    return form.require("resource").then(resource -> {
      try {
        return isOwn(new URI(resource)) ? Checked.accepted(document(resource, form)) : unknown();
      } catch (URISyntaxException e) {
        return Checked.refused(Refusal.invalidRequest("expected a URI as resource, but found something else"));
      }
    });
  }

  // By any port or none: clients leave it out.
  private boolean isOwn(URI resource) {
    boolean isBare = resource.getHost() != null && resource.getRawPath().isEmpty() && resource.getRawQuery() == null
        && resource.getRawFragment() == null && resource.getRawUserInfo() == null;
    return isBare && "https".equals(resource.getScheme()) && urls.isReachedBy(resource.getHost());
  }

  // RFC 7033 §4.2: "If the "resource" parameter is a value for which the server has no information, the server MUST
  // indicate that it was unable to match the request as per Section 10.4.5 of [RFC2616]."
  private static Checked<JsonObject> unknown() {
    return Checked.refused(Refusal.http(404,
        "expected https:// and the host of this server's public URL as resource, but found another"));
  }

  private static JsonObject document(String resource, Form form) {
    JsonArray links = new JsonArray();
    // RFC 7033 §4.3: with rel, "only the link relation types that have a value matching" it are returned.
    if (!form.has("rel") || form.all("rel").contains(TRUSTED_REALM)) {
      // As it was asked for: clients compare letter by letter.
      links.add(new JsonObject().put("rel", TRUSTED_REALM).put("href", resource));
    }
    return new JsonObject().put("subject", resource).put("links", links);
  }
}
