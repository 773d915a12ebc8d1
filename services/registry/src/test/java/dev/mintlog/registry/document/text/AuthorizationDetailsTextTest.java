package dev.mintlog.registry.document.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.client.AuthorizationDetail;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9396 §2 and §5. */
class AuthorizationDetailsTextTest {
  private static final Map<String, AuthorizationDetailType> TYPES = Map.of("payment", new AuthorizationDetailType(
      "payment", Map.of("amount", "number", "to", "string", "urgent", "boolean", "at", "object", "actions", "array"),
      Set.of("amount")));

  @Test
  void shouldReadEveryKindOfMemberAndKeepEveryDigit() {
    String json = "{\"type\":\"payment\",\"amount\":12345678901234567890.1230,\"to\":\"a\",\"urgent\":true,\"at\":{},"
        + "\"actions\":[\"pay\"]}";

    assertThat(AuthorizationDetailsText.read("[" + json + "]", TYPES)).containsExactly(new AuthorizationDetail("payment",
        "{\"actions\":[\"pay\"],\"amount\":12345678901234567890.1230,\"at\":{},\"to\":\"a\",\"type\":\"payment\","
            + "\"urgent\":true}"));
  }

  @Test
  void shouldTakeElementsForEqualWhateverTheOrderOfTheirMembers() {
    assertThat(AuthorizationDetailsText.read("[{\"type\":\"x\",\"b\":{\"d\":[{\"f\":1,\"e\":2}],\"c\":3},\"a\":4}]"))
        .isEqualTo(AuthorizationDetailsText.read(
            " [ {\"a\": 4, \"b\": {\"c\": 3, \"d\": [{\"e\": 2, \"f\": 1}]}, \"type\": \"x\"} ]"))
        .isNotEqualTo(AuthorizationDetailsText.read("[{\"type\":\"x\",\"b\":{\"d\":[{\"f\":1,\"e\":3}],\"c\":3},\"a\":4}]"));
  }

  @Test
  void shouldReadSixtyFourLevelsAndNoMore() {
    String head = "[{\"type\":\"x\",\"a\":";
    assertThat(AuthorizationDetailsText.read(head + "[".repeat(62) + "]".repeat(62) + "}]")).hasSize(1);
    assertThatThrownBy(() -> AuthorizationDetailsText.read(head + "[".repeat(63) + "]".repeat(63) + "}]"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "[{}]", "[{\"type\":1}]", "[{\"type\":\"other\"}]", "[{\"type\":\"payment\"}]",
      "[{\"type\":\"payment\",\"amount\":\"1\"}]", "[{\"type\":\"payment\",\"amount\":null}]",
      "[{\"type\":\"payment\",\"amount\":1,\"secret-member\":1}]", "[{\"type\":\"payment\",\"amount\":1,\"amount\":2}]",
      "[", "[] []", "[{\"type\":\"payment\",\"amount\":1,\"to\":[\"secret-value\"]}]"})
  void shouldRefuseWhatBreaksItsTypeAndRepeatNothingOfIt(String text) {
    assertThatThrownBy(() -> AuthorizationDetailsText.read(text, TYPES)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected as authorization_details").hasMessageNotContaining("secret");
  }

  @Test
  void shouldTakeSixteenAndNoMore() {
    String one = "{\"type\":\"payment\",\"amount\":1}";

    assertThat(AuthorizationDetailsText.read("[" + String.join(",", Collections.nCopies(16, one)) + "]", TYPES))
        .hasSize(AuthorizationDetailsText.DETAILS_MAX);
    assertThatThrownBy(() -> AuthorizationDetailsText.read(
        "[" + String.join(",", Collections.nCopies(17, one)) + "]", TYPES)).hasMessageContaining("at most 16");
  }

  @Test
  void shouldTakeEightThousandCharactersAndNoMore() {
    String head = "[{\"type\":\"payment\",\"amount\":1,\"to\":\"";
    int room = AuthorizationDetailsText.CHARACTERS_MAX - head.length() - 3;

    assertThat(AuthorizationDetailsText.read(head + "a".repeat(room) + "\"}]", TYPES)).hasSize(1);
    assertThatThrownBy(() -> AuthorizationDetailsText.read(head + "a".repeat(room + 1) + "\"}]", TYPES))
        .hasMessageContaining("8192 characters");
  }
}
