package dev.mintlog.edge.fetch;

import dev.mintlog.edge.assertion.KeySetFetch;
import dev.mintlog.edge.outbound.Addresses;
import dev.mintlog.edge.outbound.OutboundCalls;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches key sets over HTTP. Why one could not be fetched is told to the log, not to the client. */
public final class HttpKeySetFetch implements KeySetFetch, AutoCloseable {
  /** Larger answers are dropped. */
  public static final int BYTES_MAX = 65_536;

  private static final Logger LOG = LoggerFactory.getLogger(HttpKeySetFetch.class);
  private static final Map<String, String> HEADERS = Map.of("Accept", "application/jwk-set+json, application/json");

  private final OutboundCalls calls;

  /** @param wait for everything, from the name to the last byte */
  public HttpKeySetFetch(Vertx vertx, Addresses addresses, Duration wait) {
    this(vertx, Optional.empty(), addresses, wait);
  }

  HttpKeySetFetch(Vertx vertx, Optional<String> authorities, Addresses addresses, Duration wait) {
    this.calls = new OutboundCalls(vertx, "edge-key-set-hosts", authorities, addresses, wait);
  }

  @Override
  public void fetch(URI uri, Consumer<Optional<String>> then) {
    calls.get(uri, HEADERS, BYTES_MAX).whenComplete((text, failure) -> {
      if (failure != null) {
        LOG.warn("the key set {} could not be fetched: {}", uri, failure.toString());
      }
      then.accept(Optional.ofNullable(text));
    });
  }

  @Override
  public void close() {
    calls.close();
  }
}
