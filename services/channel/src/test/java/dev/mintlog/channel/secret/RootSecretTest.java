package dev.mintlog.channel.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootSecretTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void shouldParseWhatItWrote() {
    RootSecret secret = RootSecret.random(random);

    RootSecret parsed = RootSecret.parse(secret.text() + "\n");

    assertThat(parsed.keyId()).isEqualTo(secret.keyId());
    assertThat(parsed.derive("purpose", 32)).isEqualTo(secret.derive("purpose", 32));
  }

  @Test
  void shouldNameLengthButNotRepeatTextWhenItCannotParse() {
    assertThatThrownBy(() -> RootSecret.parse("hunter2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7 characters")
        .hasMessageNotContaining("hunter2");
    assertThatThrownBy(() -> RootSecret.parse("!".repeat(43))).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shouldDeriveAnotherKeyForAnotherPurposeSaltOrSecret() {
    RootSecret secret = RootSecret.parse("A".repeat(43));

    assertThat(List.of(
        secret.derive("one", 32),
        secret.derive("two", 32),
        secret.derive("one", new byte[] {1}, 32),
        RootSecret.parse("B".repeat(42) + "A").derive("one", 32))).doesNotHaveDuplicates();
  }

  @Test
  void shouldNotPrintSecrets() {
    RootSecret secret = RootSecret.random(random);

    assertThat(secret.toString()).doesNotContain(secret.text()).contains("redacted");
    assertThat(SecretRing.of(secret).toString()).doesNotContain(secret.text());
  }

  @Test
  void shouldFindSecretsOfARingByKeyId() {
    RootSecret current = RootSecret.random(random);
    RootSecret accepted = RootSecret.random(random);
    SecretRing ring = new SecretRing(current, List.of(accepted));

    assertThat(ring.byKeyId(accepted.keyId())).containsSame(accepted);
    assertThat(ring.all()).containsExactly(current, accepted);
    assertThat(ring.byKeyId(RootSecret.random(random).keyId())).isEmpty();
  }

  @Test
  void shouldRefuseASecretThatStandsTwiceInARing() {
    RootSecret secret = RootSecret.random(random);

    assertThatThrownBy(() -> new SecretRing(secret, List.of(RootSecret.parse(secret.text()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void shouldKeepDigestsOfTenantsApartAndFindThoseOfPredecessors() {
    RootSecret old = RootSecret.random(random);
    KeyedDigest before = new KeyedDigest(SecretRing.of(old), "test");
    KeyedDigest after = new KeyedDigest(new SecretRing(RootSecret.random(random), List.of(old)), "test");

    assertThat(before.digest("ab", "c")).isNotEqualTo(before.digest("a", "bc")).hasSize(22);
    assertThat(after.digests("ab", "c")).hasSize(2).element(1).isEqualTo(before.digest("ab", "c"));
    assertThat(after.digest("ab", "c")).isEqualTo(after.digests("ab", "c").get(0));
  }
}
