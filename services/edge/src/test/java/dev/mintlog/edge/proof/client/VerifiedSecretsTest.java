package dev.mintlog.edge.proof.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VerifiedSecretsTest {
  private static final ClientSecret SECRET = new ClientSecret("s3cr3t");

  private final AtomicLong now = new AtomicLong();
  private final VerifiedSecrets verified = new VerifiedSecrets(
      2, Duration.ofNanos(10), new SecureRandom(), now::get);

  @Test
  void shouldRememberASecretForItsHashOnly() {
    verified.remember("hash", SECRET);

    assertThat(verified.isRemembered("hash", SECRET)).isTrue();
    assertThat(verified.isRemembered("other", SECRET)).isFalse();
    assertThat(verified.isRemembered("hash", new ClientSecret("other"))).isFalse();
  }

  @Test
  void shouldForgetAfterAWhile() {
    verified.remember("hash", SECRET);

    now.set(10);

    assertThat(verified.isRemembered("hash", SECRET)).isFalse();
  }

  @Test
  void shouldRememberWhatIsUsed() {
    verified.remember("hash", SECRET);

    for (int used = 9; used <= 90; used += 9) {
      now.set(used);
      assertThat(verified.isRemembered("hash", SECRET)).isTrue();
    }
    now.set(100);
    assertThat(verified.isRemembered("hash", SECRET)).isFalse();
  }

  @Test
  void shouldForgetWhatWasNotUsedForLongest() {
    verified.remember("a", SECRET);
    verified.remember("b", SECRET);
    verified.isRemembered("a", SECRET);
    verified.remember("c", SECRET);

    assertThat(verified.isRemembered("a", SECRET)).isTrue();
    assertThat(verified.isRemembered("b", SECRET)).isFalse();
  }

  @Test
  void shouldKeepABoundedNumber() {
    verified.remember("a", SECRET);
    verified.remember("b", SECRET);
    verified.remember("c", SECRET);

    assertThat(verified.isRemembered("a", SECRET)).isFalse();
    assertThat(verified.isRemembered("c", SECRET)).isTrue();
  }

  @Test
  void shouldNotPrintASecret() {
    assertThat(SECRET.toString()).doesNotContain("s3cr3t");
    assertThat(new Credential("app", java.util.Optional.of(SECRET)).toString()).doesNotContain("s3cr3t");
  }
}
