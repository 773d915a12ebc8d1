package dev.mintlog.registry.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretHashTest {
  private final SecretGenerator generator = new SecretGenerator(new SecureRandom());

  @Test
  void shouldVerifyGeneratedSecretAndNoOther() {
    // Given
    GeneratedSecret generated = generator.generate();

    // When
    ClientSecretHash parsed = ClientSecretHash.parse(generated.hash().text());

    // Then
    assertThat(generated.secret()).hasSize(43);
    assertThat(parsed).isEqualTo(generated.hash());
    assertThat(parsed.isSlow()).isFalse();
    assertThat(parsed.verify(generated.secret())).isTrue();
    assertThat(parsed.verify(generated.secret() + "x")).isFalse();
    assertThat(parsed.verify("")).isFalse();
    assertThat(generated.secret()).isNotEqualTo(generator.generate().secret());
  }

  @Test
  void shouldKnowTheSha256OfAKnownText() {
    // Given: SHA-256("abc"), FIPS 180-4
    ClientSecretHash hash = ClientSecretHash.parse("sha256:ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");

    // Then
    assertThat(hash.verify("abc")).isTrue();
  }

  @Test
  void shouldVerifyChosenSecretWithArgon2id() {
    // Given
    ClientSecretHash hash = ClientSecretHash.parse(generator.hashOf("correct horse").text());

    // Then
    assertThat(hash.text()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hash.isSlow()).isTrue();
    assertThat(hash.verify("correct horse")).isTrue();
    assertThat(hash.verify("correct horsf")).isFalse();
    assertThat(hash.verify("")).isFalse();
    assertThat(generator.hashOf("correct horse").text()).isNotEqualTo(hash.text());
  }

  @Test
  void shouldVerifyAnArgon2idHashOfAnotherImplementation() {
    // Given: the reference implementation's test vector, `argon2 somesalt -id -t 2 -m 16 -p 1 -l 32` of "password"
    ClientSecretHash hash = ClientSecretHash.parse(
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

    // Then
    assertThat(hash.verify("password")).isTrue();
    assertThat(hash.verify("Password")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "hunter2", "sha256:", "sha256:AAAA", "sha256:!!!!", "$argon2id$", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$AAAA",
    "$argon2id$v=19$m=9999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
    "$argon2id$v=19$m=19456,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"})
  void shouldRefuseWhatIsNoHashWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> ClientSecretHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void shouldNotPrintSecrets() {
    GeneratedSecret generated = generator.generate();
    assertThat(generated.toString()).doesNotContain(generated.secret());
    assertThat(generated.hash().toString()).isEqualTo("sha256:…");
  }
}
