package dev.mintlog.channel.handle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserCodesTest {
  private final SecureRandom random = new SecureRandom();
  private final RootSecret channel = RootSecret.random(random);
  private final UserCodes codes = new UserCodes(SecretRing.of(channel));

  @Test
  void shouldDrawFromAllTwentyConsonants() {
    Set<Integer> letters = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String code = codes.random(random);
      assertThat(code).matches("[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}");
      code.chars().filter(c -> c != '-').forEach(letters::add);
    }
    assertThat(letters).hasSize(20);
  }

  @Test
  void shouldForgiveCaseDashesAndSpaces() {
    for (String typed : List.of("WDJB-MJHT", "wdjbmjht", " wdjb mjht ", "W.D.J.B.M.J.H.T", "wdjb–mjht")) {
      assertThat(codes.normalise(typed)).contains("WDJB-MJHT");
    }
  }

  @Test
  void shouldRefuseWhatCannotBeACode() {
    for (String typed : List.of("", "WDJB-MJH", "WDJB-MJHTT", "WDJB-MJHA", "WDJB-MJH1", "WDJB-MJHT" + " ".repeat(100))) {
      assertThat(codes.normalise(typed)).isEmpty();
    }
  }

  @Test
  void shouldFindPointersWrittenUnderAPredecessor() {
    UserCodes after = new UserCodes(new SecretRing(RootSecret.random(random), List.of(channel)));

    assertThat(after.digests("default", "WDJB-MJHT"))
        .hasSize(2)
        .element(1).isEqualTo(codes.digests("default", "WDJB-MJHT").get(0));
    assertThat(codes.digests("default", "WDJB-MJHT")).isNotEqualTo(codes.digests("other", "WDJB-MJHT"));
  }
}
