package dev.mintlog.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimValuesTest {

  @Test
  void shouldBeOneJsonObjectInTheOrderOfNames() {
    ClaimValues claims = ClaimValues.NONE.withTexts("roles", List.of("a", "b")).withText("email", "a\"\\\n@b")
        .withJson("level", "3");

    assertThat(claims.json()).isEqualTo("{\"email\":\"a\\\"\\\\\\u000a@b\",\"level\":3,\"roles\":[\"a\",\"b\"]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sub", "aud", "exp", "scope", "client_id", "cnf", "act", "authorization_details", "", "a b",
      "a\"b", "a\\b", "é"})
  void shouldRefuseTheProtocolsOwnNamesAndThoseThatAreNone(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> ClaimValues.NONE.withText(name, "x"))
        .withMessageStartingWith("Expected");
  }

  @Test
  void shouldTakeANameOf100CharactersAndNoLongerOne() {
    assertThat(ClaimValues.isName("a".repeat(100))).isTrue();
    assertThat(ClaimValues.isName("a".repeat(101))).isFalse();
  }

  @Test
  void shouldPreferItsOwnValues() {
    ClaimValues own = ClaimValues.NONE.withText("a", "own");

    assertThat(own.and(ClaimValues.NONE.withText("a", "other").withText("b", "other")).json())
        .isEqualTo("{\"a\":\"own\",\"b\":\"other\"}");
    assertThat(own.and(ClaimValues.NONE.withText("b", "x")).only(List.of("b", "c")).json()).isEqualTo("{\"b\":\"x\"}");
  }

  @Test
  void shouldReadATextBackAsItWas() {
    String odd = "a\"\\\n\t\u0001é/@b";

    assertThat(ClaimValues.NONE.withText("upn", odd).text("upn")).contains(odd);
    assertThat(ClaimValues.NONE.withJson("upn", "\"\\u00e9\\/\\b\\f\\r\\n\\t\"").text("upn")).contains("é/\b\f\r\n\t");
    assertThat(ClaimValues.NONE.withJson("upn", "3").text("upn")).isEmpty();
    assertThat(ClaimValues.NONE.text("upn")).isEmpty();
  }

  @Test
  void shouldNotPrintValues() {
    assertThat(ClaimValues.NONE.withText("email", "a@b").toString()).contains("email").doesNotContain("a@b");
  }
}
