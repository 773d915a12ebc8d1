package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Refused;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.Set;

/** What workloads ask, over loopback. */
final class IdentityEndpoint {
  // A name that is made to resolve to loopback (DNS rebinding) lets a browser's page ask here; it comes with that name.
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "169.254.169.254");

  private final Protocol protocol;
  private final Identities identities;
  private final Tokens tokens;

  IdentityEndpoint(Protocol protocol, Identities identities, Tokens tokens) {
    this.protocol = protocol;
    this.identities = identities;
    this.tokens = tokens;
  }

  void serve(HttpServerRequest request) {
    if (!isAsked(request.path())) {
      refuse(request, new Refused(404, "invalid_request", "expected the path " + protocol.path()
          + ", but found another", 0));
    } else if (request.method() != HttpMethod.GET) {
      request.response().putHeader(HttpHeaders.ALLOW, "GET");
      refuse(request, new Refused(405, "invalid_request", "expected GET, but found another method", 0));
    } else {
      guard(request).or(() -> protocol.refusal(request.headers())).ifPresentOrElse(
          refused -> refuse(request, refused), () -> answer(request));
    }
  }

  // Azure Identity for Java begins the path with two slashes.
  private boolean isAsked(String path) {
    if (path == null) {
      return false;
    }
    String asked = path.startsWith("//") ? path.substring(1) : path;
    return asked.equals(protocol.path()) || asked.equals(protocol.path() + "/");
  }

  private static Optional<Refused> guard(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    if (authority == null || !HOSTS.contains(authority.host())) {
      return Optional.of(Refused.badRequest("expected the host 127.0.0.1, localhost or 169.254.169.254, but found"
          + " another"));
    }
    // It came over a proxy: not from this host.
    return request.headers().contains("X-Forwarded-For")
        ? Optional.of(Refused.badRequest("expected no header X-Forwarded-For, but found one"))
        : Optional.empty();
  }

  private void answer(HttpServerRequest request) {
    IdentityRequest.<Future<Void>>read(request.params(), asked -> grant(request, asked),
        refused -> refuse(request, refused));
  }

  private Future<Void> grant(HttpServerRequest request, IdentityRequest asked) {
    Optional<String> identity = identities.named(asked.identity());
    if (identity.isEmpty()) {
      return refuse(request, Refused.badRequest("Identity not found: expected client_id, one of the identities of this"
          + " host, but found " + (asked.identity().isPresent() ? "another" : "none and no default")));
    }
    return tokens.tokenFor(identity.get(), asked.resource()).compose(answer -> answer.match(
        issued -> json(request, 200, protocol.answer(identity.get(), asked.resource(), issued)),
        refused -> refuse(request, refused)));
  }

  private static Future<Void> refuse(HttpServerRequest request, Refused refused) {
    if (refused.retryAfterSeconds() > 0) {
      request.response().putHeader("Retry-After", Integer.toString(refused.retryAfterSeconds()));
    }
    return json(request, refused.status(),
        new JsonObject().put("error", refused.error()).put("error_description", refused.description()));
  }

  private static Future<Void> json(HttpServerRequest request, int status, JsonObject body) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return Future.succeededFuture();
    }
    return response.setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(body.toBuffer());
  }
}
