package dev.mintlog.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.answer.TokenError;
import dev.mintlog.fixture.Given;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an extension may say. */
class VerdictTest {

  @ParameterizedTest
  @EnumSource(TokenError.class)
  void shouldRefuseOnlyAsATokenRequestMayBeRefused(TokenError error) {
    if (Verdict.Refused.ERRORS.contains(error)) {
      assertThatCode(() -> new Verdict.Refused(error, "expected")).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> new Verdict.Refused(error, "expected")).hasMessageContaining(error.code());
    }
  }

  @Test
  void shouldBoundWhatIsSaidOfAUser() {
    String longest = "x".repeat(255);
    VerifiedUser user = VerifiedUser.of(longest).withAcr(longest)
        .withAmr(Collections.nCopies(16, longest).toArray(String[]::new));

    assertThat(user.subject()).isEqualTo(longest);
    assertThatThrownBy(() -> VerifiedUser.of(longest + "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VerifiedUser.of("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> VerifiedUser.of("a b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> user.withAcr(longest + "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> user.withAmr(longest + "x")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> user.withAmr(Collections.nCopies(17, "pwd").toArray(String[]::new)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldNotPrintWhatAClientPresents() {
    ExtensionRequest request = new ExtensionRequest(
        Given.TENANT, Given.client(), Map.of("ticket", "a secret"), Optional.empty(), Given.NOON);

    assertThat(request.parameter("ticket")).contains("a secret");
    assertThat(request.parameter("other")).isEmpty();
    assertThat(request.toString()).contains("ticket").doesNotContain("a secret");
  }
}
