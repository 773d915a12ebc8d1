package dev.mintlog.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.edge.tls.TestCertificate;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeConfigTest {
  private static final String SECRET = RootSecret.random(new SecureRandom()).text();

  private final Map<String, String> texts = new HashMap<>(Map.of(
      "kafka.bootstrap-servers", "kafka-1:9092,kafka-2:9092",
      "schema-registry.url", "http://registry:8080/apis/ccompat/v7",
      "redis.uri", "redis://redis:6379",
      "channel.secret", SECRET,
      "registry.public-key", "key"));

  @Test
  void shouldHaveDefaults() {
    EdgeConfig config = config();

    assertThat(config.bindings().host()).isEqualTo("127.0.0.1");
    assertThat(config.bindings().port()).isEqualTo(8080);
    assertThat(config.bindings().loginPort()).isEqualTo(8081);
    assertThat(config.healthPort()).isEqualTo(8082);
    assertThat(config.replies().pendingMax()).isEqualTo(10_000);
    assertThat(config.replies().waitMax()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.replies().timeToAnswer()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.kafka().bootstrapServers()).isEqualTo("kafka-1:9092,kafka-2:9092");
  }

  @Test
  void shouldRefuseADeadlineAfterTheWait() {
    texts.put("reply-wait", "2s");
    texts.put("command-deadline-margin", "2s");

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
        .hasMessageContaining("command-deadline-margin").hasMessageContaining("reply-wait");
  }

  @Test
  void shouldRefuseOnePortForClientsAndTheInternalApi() {
    texts.put("login.port", "8080");

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class).hasMessageContaining("login.port");
  }

  @Test
  void shouldRefuseAuthoritiesWhereNoClientCanPresentACertificate(@TempDir Path dir) throws Exception {
    Path file = TestCertificate.authority("authority").certificateIn(dir.resolve("ca.crt"));
    texts.put("http.client-certificates.authorities", file.toString());

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http.client-certificates.authorities", "http.tls.client-auth");

    texts.put("http.client-certificates.header", "Client-Cert");
    texts.put("http.client-certificates.proxies", "10.0.0.7");
    assertThat(config().clientCertificates().authorities()).hasSize(1);
  }

  @Test
  void shouldNameAMalformedSecretWithoutShowingIt() {
    texts.put("channel.secret", "s3cr3t");

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
        .hasMessageContaining("channel.secret").hasMessageNotContaining("s3cr3t");
  }

  @Test
  void shouldRefuseASecretThatIsGivenTwice() {
    texts.put("channel.accepted-secrets", SECRET);

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
        .hasMessageContaining("channel.accepted-secrets").hasMessageNotContaining(SECRET);
  }

  @Test
  void shouldRefuseAnAuthorityThatIsNoHost() {
    texts.put("authority-hosts", "login.example,https://login.example/");

    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
        .hasMessageContaining("authority-hosts has 'https://login.example/'").hasMessageContaining("expected host");

    texts.put("authority-hosts", "login..example");
    assertThatThrownBy(this::config).isInstanceOf(ConfigException.class).hasMessageContaining("'login..example'");
  }

  // RFC 3986 §6.2.2.1, §6.2.3: what clients make of it is compared letter by letter.
  @ParameterizedTest
  @CsvSource({"HTTPS://ID.Example:443/, https://id.example", "https://ID.example:8443, https://id.example:8443",
      "http://Localhost:80/Base, http://localhost/Base", "https://id.example:80, https://id.example:80",
      "https://[::1]:8443, https://[::1]:8443"})
  void shouldHaveThePublicUrlInItsNormalForm(String given, String normal) {
    texts.put("public-url", given);

    assertThat(config().urls().base()).hasToString(normal);
    assertThat(config().urls().verificationUri("default")).isEqualTo(normal + "/device");
  }

  @Test
  void shouldHaveFurtherHostsInLowerCase() {
    texts.put("authority-hosts", "Login.Example");

    assertThat(config().urls().servedAt(URI.create("https://login.example/x"))).contains(URI.create("https://login.example"));
  }

  @Test
  void shouldRefuseAProxyThatIsNoAddressOrBlock() {
    for (String text : new String[] {"10.0.0.7,proxy.example", "10.0.0.7/8", "10.0.0.0/33"}) {
      texts.put("http.proxies", text);

      assertThatThrownBy(this::config).isInstanceOf(ConfigException.class)
          .hasMessageContainingAll("http.proxies", "expected IP addresses");
    }
    texts.put("http.proxies", "10.0.0.7,2001:db8::/32");
    assertThat(config().bindings().proxies().blocks()).hasSize(2);
  }

  @Test
  void shouldNotPrintSecrets() {
    assertThat(config().toString()).doesNotContain(SECRET);
  }

  private EdgeConfig config() {
    return EdgeConfig.of(Settings.of(EdgeKeys.ALL, texts));
  }
}
