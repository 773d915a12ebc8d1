package dev.mintlog.grant.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.answer.Answer;
import dev.mintlog.answer.TokenError;
import dev.mintlog.authorization.CodeChallenge;
import dev.mintlog.client.Scopes;
import dev.mintlog.command.Command;
import dev.mintlog.command.Command.CreateAuthorization;
import dev.mintlog.command.Delivery;
import dev.mintlog.command.Grant;
import dev.mintlog.fixture.Given;
import dev.mintlog.fixture.Play;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** RFC 7636 §4.6, over random verifiers. */
class PkcePropertyTest {

  @Property
  void shouldFitTheVerifierOfTheChallengeAndNoOther(
      @ForAll("verifiers") String verifier, @ForAll("verifiers") String presented, @ForAll boolean required) {
    Pkce result = Pkce.compare(s256(verifier), s256(presented), required);

    assertThat(result == Pkce.FITS).isEqualTo(verifier.equals(presented));
  }

  @Property
  void shouldFitTheSameVerifierAlways(@ForAll("verifiers") String verifier, @ForAll boolean required) {
    assertThat(Pkce.compare(s256(verifier), s256(verifier), required)).isEqualTo(Pkce.FITS);
  }

  @Property
  void shouldNotTakeTheChallengeItselfForItsVerifier(@ForAll("verifiers") String verifier) {
    String challenge = s256(verifier).orElseThrow().value();

    assertThat(Pkce.compare(s256(verifier), s256(challenge), true)).isEqualTo(Pkce.WRONG);
  }

  @Property
  void shouldNeverFitWhereOnlyOneSideIsThere(@ForAll("verifiers") String verifier, @ForAll boolean required) {
    assertThat(Pkce.compare(s256(verifier), Optional.empty(), required)).isEqualTo(Pkce.VERIFIER_MISSING);
    assertThat(Pkce.compare(Optional.empty(), s256(verifier), required)).isEqualTo(Pkce.CHALLENGE_MISSING);
  }

  /** What the comparison means for the code: redeemed, burnt, or as good as before. */
  @Property
  void shouldRedeemForTheVerifierBurnForAnotherAndLeaveTheCodeToWhoHasNone(@ForAll("verifiers") String verifier,
      @ForAll("verifiers") String another, @ForAll Presented presented) {
    Play play = Play.under(Given.registration()).then(delivery -> new CreateAuthorization(
        delivery, Given.ID, Given.consent("orders"), Optional.empty(), s256(verifier)));

    play.then(delivery -> redeem(delivery, presented.of(verifier, another)));

    if (presented == Presented.THE_VERIFIER || presented == Presented.ANOTHER && another.equals(verifier)) {
      assertThat(play.granted().terms().scopes()).isEqualTo(Scopes.of("orders"));
      return;
    }
    assertThat(play.denied().error()).isEqualTo(TokenError.INVALID_GRANT);
    play.then(delivery -> redeem(delivery, Optional.of(verifier)));
    assertThat(play.answer() instanceof Answer.Granted).isEqualTo(presented == Presented.NONE);
  }

  private enum Presented {
    THE_VERIFIER, ANOTHER, THE_CHALLENGE, NONE;

    private Optional<String> of(String verifier, String another) {
      return switch (this) {
        case THE_VERIFIER -> Optional.of(verifier);
        case ANOTHER -> Optional.of(another);
        case THE_CHALLENGE -> s256(verifier).map(CodeChallenge::value);
        case NONE -> Optional.empty();
      };
    }
  }

  private static Command redeem(Delivery delivery, Optional<String> presented) {
    return Given.request(delivery, new Grant.AuthorizationCode(
        Given.ID, Optional.empty(), presented.flatMap(PkcePropertyTest::s256)));
  }

  // RFC 7636 §4.1: code-verifier = 43*128unreserved
  @Provide
  Arbitrary<String> verifiers() {
    return Arbitraries.strings().withCharRange('a', 'z').withCharRange('A', 'Z').withCharRange('0', '9')
        .withChars("-._~").ofMinLength(43).ofMaxLength(128);
  }

  private static Optional<CodeChallenge> s256(String verifier) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
      return Optional.of(new CodeChallenge(Base64.getUrlEncoder().withoutPadding().encodeToString(digest)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
