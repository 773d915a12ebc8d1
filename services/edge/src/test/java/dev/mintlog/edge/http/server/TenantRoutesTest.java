package dev.mintlog.edge.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantRoutesTest {
  private static final RegistrySnapshot REGISTRY = TestRegistry.snapshot();

  private final Endpoint token = new Named();
  private final Endpoint metadata = new Named();
  private final PathTable paths = new PathTable().add("/connect/token", token).add("/.well-known/about", metadata);
  private final TenantRoutes routes =
      new TenantRoutes(() -> REGISTRY, paths::find, Set.of("/.well-known/about"));

  @Test
  void shouldLeadAPlainPathToTheDefaultTenantWithoutAskingTheRegistry() {
    TenantRoutes withoutRegistry = new TenantRoutes(() -> {
      throw new AssertionError("asked the registry");
    }, paths::find, Set.of());

    assertThat(withoutRegistry.find("/connect/token")).contains(new Route(token, "default"));
  }

  @Test
  void shouldLeadEveryPathBehindATenantsNameToThatTenant() {
    assertThat(routes.find("/acme/connect/token")).contains(new Route(token, "acme"));
    assertThat(routes.find("/acme/.well-known/about")).contains(new Route(metadata, "acme"));
  }

  @Test
  void shouldTakeATenantsNameBehindTheMetadataToo() {
    assertThat(routes.find("/.well-known/about/acme")).contains(new Route(metadata, "acme"));
    assertThat(routes.find("/connect/token/acme")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "acme/connect/token", "/acme", "/acme/", "/acme//connect/token",
      "/acme/connect/token/", "/nobody/connect/token", "/default/connect/token", "/.well-known/about/default",
      "/.well-known/about/", "/.well-known/about/nobody", "/Acme/connect/token", "/acme/acme/connect/token", "*"})
  void shouldFindNothingElse(String path) {
    assertThat(routes.find(path)).isEmpty();
  }

  private static final class Named implements Endpoint {
    @Override
    public Set<HttpMethod> methods() {
      return Set.of();
    }

    @Override
    public void handle(Exchange exchange) {}
  }
}
