package dev.mintlog.edge.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DpopNoncesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private final RootSecret secret = RootSecret.random(new SecureRandom());
  private final DpopNonces nonces = new DpopNonces(SecretRing.of(secret));

  @Test
  void shouldTakeANonceUntilItIsTooOld() {
    String nonce = nonces.at("default", NOW);

    assertThat(nonces.givenAt("default", nonce, NOW)).contains(NOW);
    assertThat(nonces.givenAt("default", nonce, NOW.plus(DpopNonces.AGE_MAX))).contains(NOW);
    assertThat(nonces.givenAt("default", nonce, NOW.plus(DpopNonces.AGE_MAX).plusMillis(1))).isEmpty();
  }

  @Test
  void shouldTakeANonceOfAnEdgeThatIsASecondAhead() {
    assertThat(nonces.givenAt("default", nonces.at("default", NOW.plusSeconds(1)), NOW)).isPresent();
    assertThat(nonces.givenAt("default", nonces.at("default", NOW.plusSeconds(2)), NOW)).isEmpty();
  }

  @Test
  void shouldRefuseANonceOfAnotherTenantOrAnotherSecret() {
    assertThat(nonces.givenAt("acme", nonces.at("default", NOW), NOW)).isEmpty();
    assertThat(nonces.givenAt("default",
        new DpopNonces(SecretRing.of(RootSecret.random(new SecureRandom()))).at("default", NOW), NOW)).isEmpty();
  }

  @Test
  void shouldTakeANonceUnderAPredecessorOfTheSecret() {
    RootSecret next = RootSecret.random(new SecureRandom());

    assertThat(new DpopNonces(new SecretRing(next, List.of(secret)))
        .givenAt("default", nonces.at("default", NOW), NOW)).contains(NOW);
  }

  @Test
  void shouldRefuseWhatWasChanged() {
    String nonce = nonces.at("default", NOW);
    String digest = nonce.substring(nonce.indexOf('.'));

    for (String forged : List.of("", ".", digest, (NOW.getEpochSecond() + 1) + digest, nonce + "A", " " + nonce,
        "9".repeat(30) + digest, NOW.minus(Duration.ofDays(1)).getEpochSecond() + digest)) {
      assertThat(nonces.givenAt("default", forged, NOW)).as(forged).isEmpty();
    }
  }
}
