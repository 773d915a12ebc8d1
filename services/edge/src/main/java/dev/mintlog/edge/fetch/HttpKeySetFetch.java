package dev.mintlog.edge.fetch;

import dev.mintlog.edge.assertion.KeySetFetch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches key sets over HTTP, so that whoever chooses the URL gains nothing by it: the host is resolved once and the very
 * address that was found to be public is connected to; no redirect is followed; size and time are bounded; why it failed
 * is told to the log, not to the client. Resolving has threads of its own, for it blocks.
 */
public final class HttpKeySetFetch implements KeySetFetch, AutoCloseable {
  /** Larger answers are dropped. */
  public static final int BYTES_MAX = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(HttpKeySetFetch.class);
  private static final int RESOLVER_THREADS = 4;
  private static final int OK = 200;

  private final HttpClient client;
  private final WorkerExecutor resolvers;
  private final Duration wait;
  private final Predicate<InetAddress> mayBeReached;

  /**
   * @param allowPrivateAddresses whether addresses count that are not of the public Internet
   * @param wait for everything, from the name to the last byte
   */
  public HttpKeySetFetch(Vertx vertx, boolean allowPrivateAddresses, Duration wait) {
    this(vertx, new HttpClientOptions(), allowPrivateAddresses ? address -> true : PublicAddresses::contains, wait);
  }

  HttpKeySetFetch(Vertx vertx, HttpClientOptions options, Predicate<InetAddress> mayBeReached, Duration wait) {
    this.client = vertx.createHttpClient(options.setKeepAlive(false).setConnectTimeout((int) wait.toMillis()));
    this.resolvers = vertx.createSharedWorkerExecutor("edge-key-set-hosts", RESOLVER_THREADS);
    this.wait = wait;
    this.mayBeReached = mayBeReached;
  }

  @Override
  public void fetch(URI uri, Consumer<Optional<String>> then) {
    Exchange exchange = new Exchange();
    resolvers.executeBlocking(() -> resolve(uri), false)
        .compose(address -> client.request(options(uri, address)))
        .compose(exchange::send)
        .compose(exchange::body)
        .timeout(wait.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> {
          exchange.end();
          if (done.failed()) {
            LOG.warn("the key set {} could not be fetched: {}", uri, done.cause().toString());
          }
          then.accept(Optional.ofNullable(done.result()).map(body -> body.toString(StandardCharsets.UTF_8)));
        });
  }

  private InetAddress resolve(URI uri) throws IOException {
    InetAddress[] addresses = InetAddress.getAllByName(host(uri));
    for (InetAddress address : addresses) {
      if (!mayBeReached.test(address)) {
        throw new IOException("expected a host with public addresses alone, found " + address.getHostAddress()
            + "; key-sets.allow-private-addresses allows others");
      }
    }
    return addresses[0];
  }

  // The address decides where it goes; the name is for Host, for SNI, and for what the certificate must say.
  private static RequestOptions options(URI uri, InetAddress address) {
    boolean isTls = uri.getScheme().equalsIgnoreCase("https");
    int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new RequestOptions().setMethod(HttpMethod.GET)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port)))
        .setHost(host(uri)).setPort(port).setSsl(isTls)
        .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
        .setFollowRedirects(false)
        .putHeader("Accept", "application/jwk-set+json, application/json");
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

  /** One request on its way. */
  private static final class Exchange {
    private HttpClientRequest request;
    private boolean isOver;

    synchronized Future<HttpClientResponse> send(HttpClientRequest made) {
      request = made;
      if (isOver) {
        made.reset();
        return Future.failedFuture("its time was over before it was sent");
      }
      return made.send();
    }

    Future<Buffer> body(HttpClientResponse response) {
      Promise<Buffer> whole = Promise.promise();
      response.exceptionHandler(whole::tryFail);
      if (response.statusCode() != OK) {
        // A redirect, too: where it leads nobody has looked at.
        return Future.failedFuture("expected status 200, found " + response.statusCode());
      }
      Buffer body = Buffer.buffer();
      response.handler(part -> {
        if (body.length() + part.length() > BYTES_MAX) {
          whole.tryFail("expected at most " + BYTES_MAX + " bytes, found more");
        } else {
          body.appendBuffer(part);
        }
      });
      response.endHandler(end -> whole.tryComplete(body));
      return whole.future();
    }

    /** Lets go of the connection, whatever still comes. */
    synchronized void end() {
      isOver = true;
      if (request != null) {
        request.reset();
      }
    }
  }
}
