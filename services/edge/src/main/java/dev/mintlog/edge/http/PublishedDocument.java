package dev.mintlog.edge.http;

import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A document that follows from the registry: written once for each revision and tenant, then served as it is. */
final class PublishedDocument implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Supplier<RegistrySnapshot> registry;
  private final BiFunction<RegistrySnapshot, String, Optional<String>> writer;
  private final CharSequence cacheControl;
  private volatile Written written;

  /** @param writer the document of a tenant; empty where there is no such tenant */
  PublishedDocument(Supplier<RegistrySnapshot> registry, Duration maxAge,
      BiFunction<RegistrySnapshot, String, Optional<String>> writer) {
    this.registry = registry;
    this.writer = writer;
    this.cacheControl = HttpHeaders.createOptimized("public, max-age=" + maxAge.toSeconds());
    this.written = new Written(null, Map.of());
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    Optional<Buffer> body = current().of(exchange.tenant(), writer);
    if (body.isPresent()) {
      Responses.cacheable(exchange, body.get(), cacheControl);
    } else {
      Responses.refusal(exchange, Refusal.http(404, "expected the path of a tenant, but there is none of that name"));
    }
  }

  private Written current() {
    RegistrySnapshot snapshot = registry.get();
    Written known = written;
    if (known.snapshot != snapshot) {
      known = new Written(snapshot, new ConcurrentHashMap<>());
      written = known;
    }
    return known;
  }

  private record Written(RegistrySnapshot snapshot, Map<String, Optional<Buffer>> byTenant) {
    Optional<Buffer> of(String tenant, BiFunction<RegistrySnapshot, String, Optional<String>> writer) {
      return byTenant.computeIfAbsent(tenant, name -> writer.apply(snapshot, name).map(Buffer::buffer));
    }
  }
}
