package dev.mintlog.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectUrisTest {
  @ParameterizedTest
  @CsvSource({
      "https://app.example/cb, https://app.example/cb",
      "http://localhost, http://localhost:51234",
      "http://localhost, http://localhost",
      "http://127.0.0.1:3000/callback, http://127.0.0.1:51234/callback",
      "http://127.0.0.1/callback, http://127.0.0.1:1/callback",
      "http://[::1]/cb?app=1, http://[::1]:65535/cb?app=1"})
  void shouldMeanARegisteredUriAndOnLoopbackAtAnyPort(String registered, String asked) {
    assertThat(RedirectUris.contain(Set.of("https://other.example/cb", registered), asked)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
      "https://app.example/cb, https://app.example:8443/cb",
      "https://app.example/cb, https://app.example/cb/",
      "http://localhost, http://localhost:51234/",
      "http://localhost/cb, http://localhost:51234/other",
      "http://localhost, http://127.0.0.1:51234",
      "http://localhost, https://localhost:51234",
      "https://localhost/cb, https://localhost:51234/cb",
      "http://localhost, http://localhost:123456",
      "http://localhost, http://localhost:",
      "http://localhost, http://localhost:1@attacker.example",
      "http://localhost, http://localhost.attacker.example",
      "http://localhost/cb?app=1, http://localhost:1/cb?app=2"})
  void shouldMeanNoOther(String registered, String asked) {
    assertThat(RedirectUris.contain(Set.of(registered), asked)).isFalse();
  }
}
