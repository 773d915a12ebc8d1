package dev.mintlog.edge.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.TokenError;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RefusalTest {

  @Property
  void shouldHaveOnlyCharactersThatRfc6749AllowsInADescription(@ForAll String text) {
    String description = Refusal.invalidRequest(text).description();

    assertThat(description).matches("[\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]*");
    assertThat(description.length()).isLessThanOrEqualTo(Refusal.DESCRIPTION_CHARACTERS_MAX);
  }

  @Test
  void shouldKeepAnAllowedDescriptionAsItIs() {
    assertThat(Refusal.invalidGrant("expected a code, but found 'x'").description())
        .isEqualTo("expected a code, but found 'x'");
  }

  @Test
  void shouldGiveEachErrorItsStatus() {
    assertThat(Refusal.of(TokenError.INVALID_GRANT, "").status()).isEqualTo(400);
    assertThat(Refusal.of(TokenError.ACCESS_DENIED, "").status()).isEqualTo(400);
    assertThat(Refusal.of(TokenError.NOT_FOUND, "").status()).isEqualTo(404);
    assertThat(Refusal.of(TokenError.ALREADY_DECIDED, "").status()).isEqualTo(409);
    assertThat(Refusal.of(TokenError.SERVER_ERROR, "").status()).isEqualTo(500);
  }

  @Test
  void shouldAdviseToTryAgainWhenADecisionCameTooLate() {
    Refusal refusal = Refusal.decided("temporarily_unavailable", "too late");

    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.retryAfterSeconds()).isEqualTo(1);
  }

  @Test
  void shouldPassAnErrorOnThatThisVersionDoesNotKnow() {
    assertThat(Refusal.decided("use_dpop_nonce", "…")).extracting(Refusal::status, Refusal::error)
        .containsExactly(400, "use_dpop_nonce");
  }
}
