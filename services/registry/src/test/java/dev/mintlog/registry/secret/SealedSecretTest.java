package dev.mintlog.registry.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.channel.seal.Direction;
import dev.mintlog.channel.seal.Opener;
import dev.mintlog.channel.seal.Sealer;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedSecretTest {
  private static final String SECRET = "a secret that a client shares, ü";

  private final RootSecret root = RootSecret.random(new SecureRandom());
  private final SecretRing channel = SecretRing.of(root);
  private final Sealer sealer = new Sealer(channel, Direction.CLIENT_SECRET);
  private final Opener opener = new Opener(channel, Direction.CLIENT_SECRET);

  @Test
  void shouldOpenForTheClientItWasSealedFor() {
    SealedSecret sealed = SealedSecret.seal(sealer, "default", "app", SECRET);

    assertThat(new SealedSecret(sealed.text()).open(opener, "default", "app"))
        .contains(SECRET.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldOpenForNobodyElse() {
    SealedSecret sealed = SealedSecret.seal(sealer, "default", "app", SECRET);

    assertThat(sealed.open(opener, "default", "other")).isEmpty();
    assertThat(sealed.open(opener, "acme", "app")).isEmpty();
    assertThat(sealed.open(new Opener(channel, Direction.COMMAND), "default", "app")).isEmpty();
    assertThat(sealed.open(new Opener(SecretRing.of(RootSecret.random(new SecureRandom())), Direction.CLIENT_SECRET),
        "default", "app")).isEmpty();
  }

  @Test
  void shouldOpenUnderAChannelSecretThatIsStillAccepted() {
    SealedSecret sealed = SealedSecret.seal(sealer, "default", "app", SECRET);
    SecretRing next = new SecretRing(RootSecret.random(new SecureRandom()), List.of(root));

    assertThat(sealed.open(new Opener(next, Direction.CLIENT_SECRET), "default", "app")).isPresent();
  }

  @Test
  void shouldShowNothingOfTheSecret() {
    SealedSecret sealed = SealedSecret.seal(sealer, "default", "app", SECRET);

    assertThat(sealed.text()).doesNotContain("secret that");
    assertThat(sealed).hasToString("sealed:…");
    assertThat(SealedSecret.seal(sealer, "default", "app", SECRET)).isNotEqualTo(sealed);
  }

  @Test
  void shouldRefuseASecretThatIsNoKeyForAMac() {
    SealedSecret.seal(sealer, "default", "app", "x".repeat(SealedSecret.BYTES_MIN));
    SealedSecret.seal(sealer, "default", "app", "x".repeat(SealedSecret.BYTES_MAX));

    for (int bytes : new int[] {SealedSecret.BYTES_MIN - 1, SealedSecret.BYTES_MAX + 1}) {
      assertThatThrownBy(() -> SealedSecret.seal(sealer, "default", "app", "x".repeat(bytes)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected a secret of 32 to 1024 bytes, found " + bytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2hunter2hunter2hunter2hunter2hunter2", "sealed:", "sealed:abc", "sealed:a b"})
  void shouldRefuseAnotherFormWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> new SealedSecret(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected sealed:<base64url>, as `mintlog secret --seal` prints it");
  }
}
