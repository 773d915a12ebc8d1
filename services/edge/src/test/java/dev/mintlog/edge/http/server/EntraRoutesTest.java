package dev.mintlog.edge.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.Endpoint;
import dev.mintlog.edge.http.Exchange;
import dev.mintlog.edge.http.PathTable;
import dev.mintlog.registry.RegistrySnapshot;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntraRoutesTest {
  private static final RegistrySnapshot REGISTRY = TestRegistry.snapshot();

  private final Endpoint token = new Named();
  private final Endpoint adfsToken = new Named();
  private final EntraRoutes routes = new EntraRoutes(() -> REGISTRY,
      // Two of them are what a tenant is called by itself.
      Map.of("common", "default", "contoso", "acme", "by-guid", TestRegistry.ACME_GUID, "gone", "nobody",
          "acme", "default", TestRegistry.ACME_GUID, "default", "adfs", "acme"),
      new PathTable().add("/oauth2/token", token)::find, new PathTable().add("/oauth2/token", adfsToken)::find);

  @ParameterizedTest
  @CsvSource({"default, default", "acme, acme", "common, default", "contoso, acme", "by-guid, acme"})
  void shouldLeadANameToTheTenantThatItStandsFor(String name, String tenant) {
    assertThat(routes.find("/" + name + "/oauth2/token")).contains(new Route(token, tenant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "ACME", TestRegistry.ACME_GUID})
  void shouldLetATenantsOwnNameAndGuidComeBeforeAnAlias(String name) {
    assertThat(routes.find("/" + name + "/oauth2/token")).contains(new Route(token, "acme"));
  }

  @Test
  void shouldHaveOtherEndpointsBehindAdfsThanBehindATenant() {
    assertThat(routes.find("/adfs/oauth2/token")).contains(new Route(adfsToken, "acme"));
    assertThat(routes.find("/ADFS/oauth2/token")).contains(new Route(adfsToken, "acme"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/acme", "/acme/", "/acme/oauth2/Token", "/gone/oauth2/token", "/nobody/oauth2/token",
      "//oauth2/token", "/adfs2/oauth2/token", "/acme/acme/oauth2/token", "*"})
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
