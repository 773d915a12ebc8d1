package dev.mintlog.edge.http.server;

import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.Responses;
import dev.mintlog.runtime.health.Health;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /health/live} and {@code /health/ready} on the internal port; the same that the health port serves. */
final class HealthEndpoint implements Endpoint {
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private final Supplier<Health.Report> report;

  private HealthEndpoint(Supplier<Health.Report> report) {
    this.report = report;
  }

  static HealthEndpoint live() {
    return new HealthEndpoint(() -> new Health.Report(true, "{\"live\":true}"));
  }

  static HealthEndpoint ready(Health health) {
    return new HealthEndpoint(health::report);
  }

  @Override
  public Set<HttpMethod> methods() {
    return METHODS;
  }

  @Override
  public void handle(Exchange exchange) {
    Health.Report found = report.get();
    Responses.json(exchange, found.ready() ? 200 : 503, found.json());
  }
}
