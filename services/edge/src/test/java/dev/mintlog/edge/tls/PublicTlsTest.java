package dev.mintlog.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Secret;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicTlsTest {
  @TempDir Path dir;
  private Path certificate;
  private Path key;
  private final List<ServerSSLOptions> changes = new ArrayList<>();

  @BeforeEach
  void names() {
    certificate = dir.resolve("tls.crt");
    key = dir.resolve("tls.key");
  }

  @Test
  void shouldOfferHttp2First() throws Exception {
    written(TestCertificate.of("first"));

    ServerSSLOptions options = pem().options();

    assertThat(options.isUseAlpn()).isTrue();
    assertThat(options.getApplicationLayerProtocols()).containsExactly("h2", "http/1.1");
    assertThat(subject(options)).isEqualTo("CN=first");
  }

  @Test
  void shouldServeRsaAndKeyStores() throws Exception {
    written(TestCertificate.rsa("rsa"));
    Path store = TestCertificate.of("stored").keyStoreIn(dir.resolve("tls.p12"), "open");

    assertThat(subject(pem().options())).isEqualTo("CN=rsa");
    assertThat(subject(store(store, Optional.of("open")).options())).isEqualTo("CN=stored");
  }

  @Test
  void shouldAskForAClientCertificateOfAnyIssuerOnlyWhereToldTo() throws Exception {
    written(TestCertificate.of("first"));

    assertThat(pem().options().getClientAuth()).isEqualTo(ClientAuth.NONE);
    assertThat(pem().options().getTrustOptions()).isNull();
    assertThat(tls(new PemFiles(certificate, key), ClientAuth.REQUEST).options().getTrustOptions()).isNotNull();
  }

  @Test
  void shouldChangeNothingWhileTheFilesStayTheSame() throws Exception {
    TestCertificate first = TestCertificate.of("first");
    written(first);
    PublicTls tls = pem();

    written(first);
    tls.look(changes::add);

    assertThat(changes).isEmpty();
  }

  @Test
  void shouldTakeAChangedCertificate() throws Exception {
    written(TestCertificate.of("first"));
    PublicTls tls = pem();

    written(TestCertificate.of("second"));
    tls.look(changes::add);
    tls.look(changes::add);

    assertThat(changes).hasSize(1);
    assertThat(subject(changes.get(0))).isEqualTo("CN=second");
  }

  @Test
  void shouldKeepTheOldCertificateWhileTheNewOneIsBrokenAndTakeItWhenItIsWhole() throws Exception {
    TestCertificate second = TestCertificate.of("second");
    written(TestCertificate.of("first"));
    PublicTls tls = pem();

    // Half of a replacement: the certificate of one key, the key of another.
    second.certificateIn(certificate);
    tls.look(changes::add);
    Files.delete(key);
    tls.look(changes::add);
    Files.writeString(key, "-----BEGIN");
    tls.look(changes::add);

    assertThat(changes).isEmpty();
    assertThat(subject(tls.options())).isEqualTo("CN=first");

    second.keyIn(key);
    tls.look(changes::add);

    assertThat(changes).hasSize(1);
    assertThat(subject(tls.options())).isEqualTo("CN=second");
  }

  @Test
  void shouldNameEverythingThatCannotBeServed() throws Exception {
    TestCertificate one = TestCertificate.of("one");
    TestCertificate another = TestCertificate.of("another");

    refused("http.tls.certificate", "tls.crt");
    Files.writeString(certificate, "no certificate");
    one.keyIn(key);
    refused("http.tls.certificate", "tls.crt", "BEGIN CERTIFICATE");
    one.certificateIn(certificate);
    another.keyIn(key);
    refused("http.tls.private-key", "tls.key", "tls.crt");
    TestCertificate.rsa("rsa").keyIn(key);
    refused("http.tls.private-key", "tls.key", "EC");
    Files.writeString(key, TestCertificate.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}));
    refused("http.tls.private-key", "EC PRIVATE KEY", "openssl pkcs8");
    Files.writeString(key, "nothing");
    refused("http.tls.private-key", "tls.key", "BEGIN PRIVATE KEY");
  }

  @Test
  void shouldNameAWrongPasswordWithoutShowingIt() throws Exception {
    Path store = TestCertificate.of("stored").keyStoreIn(dir.resolve("tls.p12"), "open");

    assertThatThrownBy(() -> store(store, Optional.of("s3cr3t"))).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http.tls.password", "tls.p12").hasMessageNotContaining("s3cr3t");
    assertThatThrownBy(() -> store(store, Optional.empty())).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http.tls.password", "tls.p12");
  }

  @Test
  void shouldNameAKeyStoreThatIsNone() throws Exception {
    Path store = Files.writeString(dir.resolve("tls.p12"), "no key store");

    assertThatThrownBy(() -> store(store, Optional.of("open"))).isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("http.tls.key-store", "tls.p12", "openssl pkcs12");
  }

  private void written(TestCertificate made) throws Exception {
    made.certificateIn(certificate);
    made.keyIn(key);
  }

  private void refused(String... parts) {
    assertThatThrownBy(this::pem).isInstanceOf(ConfigException.class).hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  private PublicTls pem() {
    return tls(new PemFiles(certificate, key), ClientAuth.NONE);
  }

  private static PublicTls store(Path path, Optional<String> password) {
    return tls(new KeyStoreFile(path, password.map(Secret::new)), ClientAuth.NONE);
  }

  private static PublicTls tls(CertificateSource source, ClientAuth clientAuth) {
    return new PublicTls(new TlsConfig(source, clientAuth, Duration.ofSeconds(10)), InstantSource.system());
  }

  private static String subject(ServerSSLOptions options) throws Exception {
    X509ExtendedKeyManager keys =
        (X509ExtendedKeyManager) options.getKeyCertOptions().getKeyManagerFactory(null).getKeyManagers()[0];
    return keys.getCertificateChain("served")[0].getSubjectX500Principal().getName();
  }
}
