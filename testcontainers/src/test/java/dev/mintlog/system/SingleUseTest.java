package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.fixture.Answer;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TokenClient;
import dev.mintlog.system.SingleUseCredential.Redemption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A credential is redeemed once, whoever hurries. */
class SingleUseTest {
  private static final int AT_ONCE = 50;

  private final RunningSystem system = RunningSystem.shared();

  @ParameterizedTest
  @EnumSource
  void shouldHaveOneSuccessorWhoeverPresentsItAtOnce(SingleUseCredential credential) {
    // Given
    Redemption redemption = credential.obtain(system);

    // When
    List<Answer> answers = presentAtOnce(redemption);

    // Then: who repeats what was answered gets the same again, and nobody gets another
    assertThat(granted(answers).stream().map(SingleUseCredential::successor).collect(Collectors.toSet())).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() != 200))
        .allSatisfy(answer -> assertThat(answer.error()).as(answer.toString()).isEqualTo(credential.refusal()));
  }

  @Test
  void shouldRedeemACodeForOneOfFiftyAtOnceAndRevokeItForAll() {
    // Given
    Redemption redemption = SingleUseCredential.AUTHORIZATION_CODE.obtain(system);

    // When
    List<Answer> answers = presentAtOnce(redemption);

    // Then
    assertThat(granted(answers)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 400).map(Answer::error))
        .hasSize(AT_ONCE - 1).containsOnly("invalid_grant");
    assertThat(redemption.client().refresh(granted(answers).get(0).refreshToken()).error()).isEqualTo("invalid_grant");
  }

  private static List<Answer> presentAtOnce(Redemption redemption) {
    List<CompletableFuture<Answer>> all =
        IntStream.range(0, AT_ONCE).mapToObj(i -> redemption.redeem()).toList();
    return all.stream().map(TokenClient::join).toList();
  }

  private static List<Answer> granted(List<Answer> answers) {
    return answers.stream().filter(answer -> answer.status() == 200).toList();
  }
}
