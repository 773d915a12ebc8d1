package dev.mintlog.registry.document.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mintlog.client.ExchangePolicy;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessFormTest {
  private static String registry(String exchange) {
    return "tenants:\n- name: default\n  apiResources:\n  - {name: 'https://orders.example', scopes: [orders.read]}\n"
        + "  - {name: 'api://ledger', scopes: [entries.read]}\n  clients:\n  - id: app\n    secrets: [{hash: 'sha256:"
        + "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]\n    tokenExchange: " + exchange + "\n";
  }

  @Test
  void shouldReadBackTheApisThatAClientIs() {
    // When
    RegistryDocument document = RegistryDocument.parse(registry(
        "{audiences: ['https://orders.example', 'api://ledger'], subjectClients: [web], delegation: true}"));

    // Then
    assertThat(RegistryDocument.parse(document.yaml())).isEqualTo(document);
    assertThat(document.tenants().get(0).clients().get(0).client().access().exchange()).isEqualTo(
        new ExchangePolicy(Set.of("web"), false, true, Set.of("https://orders.example", "api://ledger")));
  }

  @Test
  void shouldRefuseAnApiThatTheTenantDoesNotHave() {
    InvalidRegistryException thrown = catchThrowableOfType(InvalidRegistryException.class,
        () -> RegistryDocument.parse(registry("{audiences: ['https://orders.example', 'https://orders.example/']}")));

    assertThat(thrown.problems()).containsExactly("tenants[0].clients: client 'app' is said to be the API resource"
        + " 'https://orders.example/', which the tenant does not have");
  }
}
