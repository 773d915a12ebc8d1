package dev.mintlog.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantAliasesTest {

  @Test
  void shouldReadNamesInAnyCase() {
    assertThat(TenantAliases.read(List.of("common=default", "Contoso.Example=acme")))
        .containsEntry("common", "default").containsEntry("contoso.example", "acme").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"common", "common=", "=default", "a/b=default", "common=Default", "a=b=c"})
  void shouldRefuseWhatIsNoPairOfNames(String text) {
    assertThatThrownBy(() -> TenantAliases.read(List.of(text))).isInstanceOf(ConfigException.class)
        .hasMessageContaining("tenant-aliases").hasMessageContaining("expected name=tenant");
  }

  @Test
  void shouldRefuseANameThatStandsForTwo() {
    assertThatThrownBy(() -> TenantAliases.read(List.of("common=a", "COMMON=b"))).isInstanceOf(ConfigException.class)
        .hasMessageContaining("twice");
  }
}
