package dev.mintlog.edge.outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Requests to URLs that others chose, so that whoever chooses one gains nothing by it: the host is resolved once and the
 * very address that was judged is connected to; no redirect is followed; size and time are bounded. Resolving has threads
 * of its own, for it blocks. Thread-safe.
 */
public final class OutboundCalls implements AutoCloseable {
  private static final int RESOLVER_THREADS = 4;

  private final HttpClient client;
  private final WorkerExecutor resolvers;
  private final Addresses addresses;
  private final Duration wait;

  /**
   * @param name of the resolving threads
   * @param authorities certificates in PEM that servers are trusted by, in place of Java's own
   * @param wait for everything, from the name to the last byte
   */
  public OutboundCalls(Vertx vertx, String name, Optional<String> authorities, Addresses addresses, Duration wait) {
    HttpClientOptions options = new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) wait.toMillis());
    authorities.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
    this.client = vertx.createHttpClient(options);
    this.resolvers = vertx.createSharedWorkerExecutor(name, RESOLVER_THREADS);
    this.addresses = addresses;
    this.wait = wait;
  }

  /**
   * The body of an answer of status 200.
   *
   * @param bytesMax a longer one is none
   * @return fails where there is no such answer
   */
  public CompletionStage<String> get(URI uri, Map<String, String> headers, int bytesMax) {
    return call(uri, HttpMethod.GET, headers, Buffer.buffer(), call -> response -> {
      // A redirect, too: where it leads nobody has looked at.
      return response.statusCode() == 200
          ? call.body(response, bytesMax).map(body -> body.toString(StandardCharsets.UTF_8))
          : Future.failedFuture("expected status 200, found " + response.statusCode());
    });
  }

  /**
   * The status of the answer; nothing else of it is read.
   *
   * @return fails where there is no answer
   */
  public CompletionStage<Integer> post(URI uri, Map<String, String> headers, String body) {
    return call(uri, HttpMethod.POST, headers, Buffer.buffer(body),
        call -> response -> Future.succeededFuture(response.statusCode()));
  }

  private <T> CompletionStage<T> call(URI uri, HttpMethod method, Map<String, String> headers, Buffer body,
      Function<OutboundCall, Function<HttpClientResponse, Future<T>>> read) {
    OutboundCall call = new OutboundCall();
    return resolvers.executeBlocking(() -> addresses.of(host(uri)), false)
        .compose(address -> client.request(options(uri, address, method, headers)))
        .compose(request -> call.send(request, body))
        .compose(read.apply(call))
        .timeout(wait.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> call.end())
        .toCompletionStage();
  }

  // The address decides where it goes; the name is for Host, for SNI, and for what the certificate must say.
  private static RequestOptions options(URI uri, InetAddress address, HttpMethod method, Map<String, String> headers) {
    boolean isTls = uri.getScheme().equalsIgnoreCase("https");
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
    RequestOptions options = new RequestOptions().setMethod(method)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
        .setHost(host(uri)).setPort(port).setSsl(isTls)
        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
        .setFollowRedirects(false);
    headers.forEach(options::putHeader);
    return options;
  }

  private static String host(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public void close() {
    client.close();
    resolvers.close();
  }
}
