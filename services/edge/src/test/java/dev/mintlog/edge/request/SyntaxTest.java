package dev.mintlog.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

  @Test
  void shouldAcceptVerifiersOfRfc7636Section4Point1() {
    assertThat(Syntax.isCodeVerifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).isTrue();
    assertThat(Syntax.isCodeVerifier("-._~".repeat(32))).isTrue();
  }

  @Test
  void shouldRefuseVerifiersOfOtherLengths() {
    assertThat(Syntax.isCodeVerifier("a".repeat(42))).isFalse();
    assertThat(Syntax.isCodeVerifier("a".repeat(129))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "+", "/", "=", "ä", "\n", "%"})
  void shouldRefuseVerifiersWithOtherCharacters(String other) {
    assertThat(Syntax.isCodeVerifier("a".repeat(42) + other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a b", "https://api.example/.default openid", "!#[]~"})
  void shouldAcceptScopes(String scope) {
    assertThat(Syntax.scope(scope)).isEqualTo(Checked.accepted(scope));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\"b", "a\\b", "ä", "a\tb", "a\nb"})
  void shouldRefuseScopesWithOtherCharacters(String scope) {
    assertThat(Syntax.scope(scope)).isInstanceOfSatisfying(Checked.Refused.class,
        refused -> assertThat(refused.refusal().error()).isEqualTo("invalid_scope"));
  }

  @Test
  void shouldRefuseScopesThatAreTooLong() {
    assertThat(Syntax.scope("a".repeat(Syntax.SCOPE_CHARACTERS_MAX + 1))).isInstanceOf(Checked.Refused.class);
  }
}
