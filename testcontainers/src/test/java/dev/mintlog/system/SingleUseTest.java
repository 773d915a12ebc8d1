package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A code is redeemed once, whoever hurries. */
class SingleUseTest {
  private static final String WEB = "https://web.example/callback";

  @Test
  void shouldRedeemACodeForOneOfFiftyAtOnceAndRevokeItForAll() {
    // Given
    RunningSystem system = RunningSystem.shared();
    Pkce pkce = Pkce.random();
    String code = system.loginApplication().code("web", WEB, pkce);

    // When
    List<CompletableFuture<Answer>> all = IntStream.range(0, 50)
        .mapToObj(i -> system.client("web").redeemAsync(code, pkce.verifier(), WEB)).toList();
    List<Answer> answers = all.stream().map(TokenClient::join).toList();

    // Then
    List<Answer> granted = answers.stream().filter(answer -> answer.status() == 200).toList();
    assertThat(granted).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.status() == 400).map(Answer::error))
        .hasSize(49).containsOnly("invalid_grant");
    assertThat(system.client("web").refresh(granted.get(0).refreshToken()).error()).isEqualTo("invalid_grant");
  }
}
