package dev.mintlog.edge.http.discovery;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.EntraPaths;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.FormBody;
import dev.mintlog.edge.http.PublicUrls;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says whether an authority is one of this service, and by which names it goes. MSAL asks before it trusts a host that it does
 * not know.
 */
public final class InstanceDiscovery implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET);
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
  private static final String ANY_TENANT = "common";

  private final PublicUrls urls;

  public InstanceDiscovery(PublicUrls urls) {
    this.urls = urls;
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    FormBody.ofQuery(exchange).then(this::document).either(
        document -> Responses.json(exchange, 200, document.encode()),
        refusal -> Responses.refusal(exchange, refusal));
  }

  private Checked<JsonObject> document(Form form) {
    Optional<String> asked = form.find("authorization_endpoint");
    if (asked.isEmpty()) {
      return Checked.accepted(document(urls.base(), ANY_TENANT));
    }
    try {
      URI uri = new URI(asked.get());
      String path = uri.getPath() == null ? "" : uri.getPath();
      int end = path.indexOf('/', 1);
      String segment = end < 0 ? "" : path.substring(1, end);
      return urls.namedBy(uri).filter(base -> SEGMENT.matcher(segment).matches())
          .map(base -> Checked.accepted(document(base, segment))).orElseGet(InstanceDiscovery::unknown);
    } catch (URISyntaxException e) {
      return unknown();
    }
  }

  private static Checked<JsonObject> unknown() {
    return Checked.refused(new Refusal(400, "invalid_instance",
        "expected an authorization_endpoint under this server's public URL, but found another", 0));
  }

  private static JsonObject document(URI base, String segment) {
    // Without the port, wherever it is served: MSAL for .NET and for Java look their entry up by the host alone and put the
    // preferred one in the place of the host, before the port that they were given. MSAL for Node looks for host:port, and
    // where there is none it stays with that.
    String host = base.getHost();
    return new JsonObject()
        .put("tenant_discovery_endpoint", base + "/" + segment + EntraPaths.OPENID_CONFIGURATION)
        .put("api-version", "1.1")
        .put("metadata", new JsonArray().add(new JsonObject()
            .put("preferred_network", host)
            .put("preferred_cache", host)
            .put("aliases", new JsonArray().add(host))));
  }
}
