package dev.mintlog.identity;

import dev.mintlog.identity.IdentityAnswer.Refused;
import dev.mintlog.runtime.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The token endpoint, asked as the client that an identity is: RFC 6749 §4.4 with the resource of RFC 8707. Confined to
 * one event loop.
 */
final class TokenEndpoint implements Tokens {
  private final Vertx vertx;
  private final URI uri;
  private final HttpClient http;
  private final Identities identities;
  private final TokenEndpointAnswer answers;
  private final Duration timeout;
  private final int requestsMax;
  private int requests;

  /**
   * @param trusted PEM file of the certificates to trust; empty for those of the platform
   * @param timeout for connecting and answering together
   * @param requestsMax at once; one more is refused
   */
  TokenEndpoint(Vertx vertx, URI uri, Optional<Path> trusted, Identities identities, TokenEndpointAnswer answers,
      Duration timeout, int requestsMax) {
    this.vertx = vertx;
    this.uri = uri;
    this.identities = identities;
    this.answers = answers;
    this.timeout = timeout;
    this.requestsMax = requestsMax;
    HttpClientOptions options = new HttpClientOptions().setConnectTimeout((int) timeout.toMillis());
    trusted.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    this.http = vertx.httpClientBuilder().with(options)
        .with(new PoolOptions().setHttp1MaxSize(requestsMax)).build();
  }

  @Override
  public Future<IdentityAnswer> tokenFor(String identity, String resource) {
    if (requests >= requestsMax) {
      return Future.succeededFuture(Refused.unavailable("expected at most " + requestsMax
          + " requests to the token endpoint at once, but found more; nothing was lost, try again"));
    }
    requests++;
    return vertx.executeBlocking(() -> identities.secret(identity), false)
        .compose(secret -> secret.map(found -> ask(identity, found, resource))
            .orElseGet(() -> Future.succeededFuture(Refused.badRequest("Identity not found: expected the client_id of an"
                + " identity of this host, but found another"))))
        .otherwise(unreachable -> Refused.unavailable("expected " + uri + " to answer within " + timeout.toMillis()
            + " ms, but it did not; try again"))
        .onComplete(done -> requests--);
  }

  private Future<IdentityAnswer> ask(String identity, Secret secret, String resource) {
    RequestOptions options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(uri.toString())
        .setTimeout(timeout.toMillis());
    String form = "grant_type=client_credentials&resource=" + encoded(resource);
    return http.request(options)
        .compose(request -> request
            .putHeader(HttpHeaders.AUTHORIZATION, basic(identity, secret))
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded")
            .send(form)
            .compose(response -> body(request, response).map(body -> answers.read(response, body))))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    response.handler(chunk -> {
      if (body.length() + chunk.length() > TokenEndpointAnswer.BODY_BYTES_MAX) {
        request.reset();
      } else {
        body.appendBuffer(chunk);
      }
    });
    return response.end().map(end -> body);
  }

  // RFC 6749 §2.3.1: "The client identifier is encoded using the "application/x-www-form-urlencoded" encoding algorithm".
  private static String basic(String identity, Secret secret) {
    String pair = encoded(identity) + ":" + encoded(secret.reveal());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
