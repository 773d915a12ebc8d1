package dev.mintlog.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Settings;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateConfigTest {
  private static final String AUTHORITIES = "http.client-certificates.authorities";
  private static final String HEADER = "http.client-certificates.header";
  private static final String PROXIES = "http.client-certificates.proxies";

  @TempDir Path dir;

  @Test
  void shouldTrustNobodyByItself() {
    ClientCertificateConfig config = ClientCertificateConfig.of(settings(Map.of()));

    assertThat(config.authorities()).isEmpty();
    assertThat(config.header()).isEmpty();
    assertThat(config.proxies()).isEmpty();
  }

  @Test
  void shouldReadHeaderAndProxies() throws Exception {
    ClientCertificateConfig config =
        ClientCertificateConfig.of(settings(Map.of(HEADER, "Client-Cert", PROXIES, "10.0.0.7, 2001:db8::7")));

    assertThat(config.header()).contains("Client-Cert");
    assertThat(config.proxies())
        .containsExactlyInAnyOrder(InetAddress.getByName("10.0.0.7"), InetAddress.getByName("2001:db8::7"));
  }

  @Test
  void shouldRefuseAHeaderThatAnybodyCouldSet() {
    refused(Map.of(HEADER, "Client-Cert"), HEADER, "Client-Cert", PROXIES);
    refused(Map.of(PROXIES, "10.0.0.7"), PROXIES, HEADER);
    refused(Map.of(HEADER, "Client-Cert", PROXIES, "proxy.example"), PROXIES, "proxy.example", "digits");
    refused(Map.of(HEADER, "Client-Cert", PROXIES, "10.0.0.0/8"), PROXIES, "10.0.0.0/8");
    assertThatThrownBy(() -> settings(Map.of(HEADER, "no header"))).isInstanceOf(ConfigException.class);
  }

  @Test
  void shouldReadAllAuthoritiesOfAFile() throws Exception {
    String one = TestCertificate.pem("CERTIFICATE", TestCertificate.authority("one").certificate().getEncoded());
    String two = TestCertificate.pem("CERTIFICATE", TestCertificate.authority("two").certificate().getEncoded());
    Path file = Files.writeString(dir.resolve("ca.crt"), one + two);

    assertThat(ClientCertificateConfig.of(settings(Map.of(AUTHORITIES, file.toString()))).authorities())
        .extracting(authority -> authority.getSubjectX500Principal().getName()).containsExactly("CN=one", "CN=two");
  }

  @Test
  void shouldRefuseAFileWithoutCertificates() throws Exception {
    Path empty = Files.writeString(dir.resolve("empty"), "");
    Path other = Files.writeString(dir.resolve("other"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

    refused(Map.of(AUTHORITIES, empty.toString()), AUTHORITIES, empty.toString(), "no certificate");
    refused(Map.of(AUTHORITIES, other.toString()), AUTHORITIES, other.toString(), "no certificate");
    refused(Map.of(AUTHORITIES, dir.resolve("missing").toString()), AUTHORITIES, "missing");
  }

  private static void refused(Map<String, String> texts, String... parts) {
    assertThatThrownBy(() -> ClientCertificateConfig.of(settings(texts))).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(parts).hasMessageNotContaining("\n");
  }

  private static Settings settings(Map<String, String> texts) {
    return Settings.of(ClientCertificateKeys.ALL, texts);
  }
}
