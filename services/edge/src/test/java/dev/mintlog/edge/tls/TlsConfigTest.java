package dev.mintlog.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import io.vertx.core.http.ClientAuth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TlsConfigTest {
  private static final String CERTIFICATE = "http.tls.certificate";
  private static final String PRIVATE_KEY = "http.tls.private-key";
  private static final String KEY_STORE = "http.tls.key-store";
  private static final String PASSWORD = "http.tls.password";

  @Test
  void shouldServePlainTextWhereNothingIsConfigured() {
    assertThat(TlsConfig.of(settings(Map.of()))).isEmpty();
  }

  @Test
  void shouldReadClientAuth() {
    assertThat(TlsConfig.of(settings(Map.of(KEY_STORE, "a.p12"))).orElseThrow().clientAuth())
        .isEqualTo(ClientAuth.NONE);
    assertThat(TlsConfig.of(settings(Map.of(KEY_STORE, "a.p12", "http.tls.client-auth", "requested"))).orElseThrow()
        .clientAuth()).isEqualTo(ClientAuth.REQUEST);
    assertThat(TlsConfig.of(settings(Map.of(KEY_STORE, "a.p12", "http.tls.client-auth", "required"))).orElseThrow()
        .clientAuth()).isEqualTo(ClientAuth.REQUIRED);
  }

  @Test
  void shouldRefuseTwoSourcesOfOneCertificate() {
    refused(Map.of(CERTIFICATE, "a.crt", PRIVATE_KEY, "a.key", KEY_STORE, "a.p12"),
        KEY_STORE, "a.p12", "one of the two");
    refused(Map.of(PRIVATE_KEY, "a.key", KEY_STORE, "a.p12"), PRIVATE_KEY, "a.key", "leave it out");
  }

  @Test
  void shouldRefuseAPartWithoutTheRest() {
    refused(Map.of(CERTIFICATE, "a.crt"), PRIVATE_KEY, "missing", "a.crt");
    refused(Map.of(PRIVATE_KEY, "a.key"), PRIVATE_KEY, "a.key", CERTIFICATE);
    refused(Map.of("http.tls.client-auth", "required"), "http.tls.client-auth", "required", CERTIFICATE);
  }

  @Test
  void shouldRefuseAPasswordForNothingWithoutShowingIt() {
    assertThatThrownBy(() -> TlsConfig.of(settings(Map.of(PASSWORD, "s3cr3t"))))
        .isInstanceOf(ConfigException.class).hasMessageContaining(PASSWORD).hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() ->
        TlsConfig.of(settings(Map.of(CERTIFICATE, "a.crt", PRIVATE_KEY, "a.key", PASSWORD, "s3cr3t"))))
        .isInstanceOf(ConfigException.class).hasMessageContaining(PASSWORD).hasMessageNotContaining("s3cr3t");
  }

  private static void refused(Map<String, String> texts, String... parts) {
    assertThatThrownBy(() -> TlsConfig.of(settings(texts))).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(parts).hasMessageNotContaining("\n");
  }

  private static Settings settings(Map<String, String> texts) {
    return Settings.of(TlsKeys.ALL, texts);
  }
}
