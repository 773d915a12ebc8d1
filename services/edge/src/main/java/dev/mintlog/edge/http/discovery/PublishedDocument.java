package dev.mintlog.edge.http.discovery;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.tenant.TenantSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** A document that follows from the registry: written once for each revision and tenant, then served as it is. */
public final class PublishedDocument implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Supplier<RegistrySnapshot> registry;
  private final BiFunction<RegistrySnapshot, String, Optional<String>> writer;
  private final Function<TenantSettings, Duration> maxAge;
  private volatile Written written;

  /**
   * @param maxAge how long a tenant's document may be kept
   * @param writer the document of a tenant; empty where there is no such tenant
   */
  public PublishedDocument(Supplier<RegistrySnapshot> registry, Function<TenantSettings, Duration> maxAge,
      BiFunction<RegistrySnapshot, String, Optional<String>> writer) {
    this.registry = registry;
    this.writer = writer;
    this.maxAge = maxAge;
    this.written = new Written(null, Map.of());
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    Optional<Document> document = current().of(exchange.tenant(), this::document);
    if (document.isPresent()) {
      Responses.cacheable(exchange, document.get().body(), document.get().cacheControl());
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

  private Optional<Document> document(RegistrySnapshot snapshot, String tenant) {
    return writer.apply(snapshot, tenant).map(body -> new Document(Buffer.buffer(body), HttpHeaders.createOptimized(
        "public, max-age=" + maxAge.apply(snapshot.settings(tenant)).toSeconds())));
  }

  private record Document(Buffer body, CharSequence cacheControl) {}

  private record Written(RegistrySnapshot snapshot, Map<String, Optional<Document>> byTenant) {
    Optional<Document> of(String tenant, BiFunction<RegistrySnapshot, String, Optional<Document>> writer) {
      return byTenant.computeIfAbsent(tenant, name -> writer.apply(snapshot, name));
    }
  }
}
