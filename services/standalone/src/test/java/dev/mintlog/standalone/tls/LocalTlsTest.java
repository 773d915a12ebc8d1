package dev.mintlog.standalone.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.mintlog.runtime.lifecycle.StartException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTlsTest {
  private static final Instant NOW = Instant.now();
  private static final Duration YEAR = Duration.ofDays(365);

  @TempDir
  Path dir;

  @Test
  void shouldMakeACertificateForLoopbackThatItsAuthorityVouchesFor() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);

    X509Certificate server = read(tls.certificate());
    validate(server, NOW);
    assertThat(server.getSubjectAlternativeNames()).extracting(name -> name.get(1).toString())
        .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(server.getBasicConstraints()).as("is no authority").isEqualTo(-1);
  }

  @Test
  void shouldKeepKeysWhereOnlyTheirOwnerReadsThem() throws Exception {
    assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
    LocalTls.in(dir, NOW);
    assertThat(permissions("ca.key")).isEqualTo("rw-------");
    assertThat(permissions("server.key")).isEqualTo("rw-------");

    Files.setPosixFilePermissions(dir.resolve("ca.key"), PosixFilePermissions.fromString("rw-r--r--"));
    LocalTls.in(dir, NOW);

    assertThat(permissions("ca.key")).isEqualTo("rw-------");
  }

  @Test
  void shouldKeepBothAtTheNextStart() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);
    List<X509Certificate> before = List.of(read(tls.authority()), read(tls.certificate()));

    LocalTls.in(dir, NOW.plus(YEAR));

    assertThat(List.of(read(tls.authority()), read(tls.certificate()))).isEqualTo(before);
  }

  @Test
  void shouldRenewTheCertificateUnderTheSameAuthorityWhenItsEndIsNear() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);
    X509Certificate authority = read(tls.authority());
    X509Certificate before = read(tls.certificate());
    Instant near = before.getNotAfter().toInstant().minus(LocalTls.RENEWED_BEFORE_END);

    LocalTls.in(dir, near.minusSeconds(1));
    assertThat(read(tls.certificate())).isEqualTo(before);
    LocalTls.in(dir, near);

    assertThat(read(tls.certificate())).isNotEqualTo(before);
    assertThat(read(tls.authority())).isEqualTo(authority);
    validate(read(tls.certificate()), near.plus(YEAR));
  }

  @Test
  void shouldMakeANewAuthorityWhenItsEndIsNear() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);
    X509Certificate before = read(tls.authority());
    Instant near = before.getNotAfter().toInstant().minus(LocalTls.RENEWED_BEFORE_END);

    LocalTls.in(dir, near);

    assertThat(read(tls.authority()).getSubjectX500Principal()).isNotEqualTo(before.getSubjectX500Principal());
    validate(read(tls.certificate()), near);
  }

  @Test
  void shouldIssueAnewWhatIsNotTheAuthoritysOrNotWhole() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);
    LocalTls other = LocalTls.in(dir.resolve("other"), NOW);
    Files.delete(tls.certificate());
    Files.delete(tls.privateKey());
    Files.copy(other.certificate(), tls.certificate());
    Files.copy(other.privateKey(), tls.privateKey());

    LocalTls.in(dir, NOW);
    validate(read(tls.certificate()), NOW);
    Files.writeString(tls.privateKey(), "cut off");
    LocalTls.in(dir, NOW);

    validate(read(tls.certificate()), NOW);
    assertThat(new CertificateFiles(tls.certificate(), tls.privateKey()).read()).isNotNull();
  }

  @Test
  void shouldNotReplaceAnAuthorityThatIsNotWhole() throws Exception {
    LocalTls.in(dir, NOW);
    byte[] certificate = Files.readAllBytes(dir.resolve("ca.crt"));
    Files.writeString(dir.resolve("ca.key"), "cut off");

    assertThatThrownBy(() -> LocalTls.in(dir, NOW)).isInstanceOf(StartException.class)
        .hasMessageContainingAll(dir.toString(), "remove it to have new ones made").hasMessageNotContaining("cut off");

    Files.delete(dir.resolve("ca.key"));
    assertThatThrownBy(() -> LocalTls.in(dir, NOW)).isInstanceOf(StartException.class);
    assertThat(Files.readAllBytes(dir.resolve("ca.crt"))).isEqualTo(certificate);
  }

  @Test
  void shouldVouchForNothingButLoopback() throws Exception {
    LocalTls tls = LocalTls.in(dir, NOW);
    KeyedCertificate authority = new CertificateFiles(tls.authority(), dir.resolve("ca.key")).read();

    for (GeneralName name : List.of(new GeneralName(GeneralName.dNSName, "login.example"),
        new GeneralName(GeneralName.iPAddress, "192.0.2.1"), new GeneralName(GeneralName.iPAddress, "2001:db8::1"))) {
      X509Certificate issued = authority.issue(new X500Name("CN=stolen"), NOW, NOW.plus(YEAR),
          builder -> builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name))).certificate();

      assertThatThrownBy(() -> validate(issued, NOW)).as(name.toString()).isInstanceOf(CertPathValidatorException.class);
    }
  }

  private void validate(X509Certificate certificate, Instant when) throws Exception {
    X509Certificate authority = read(dir.resolve("ca.crt"));
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(when));
    // With the authority in the path: the JDK does not heed what a trust anchor says, OpenSSL and browsers do.
    CertPathValidator.getInstance("PKIX").validate(
        CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate, authority)), parameters);
  }

  private String permissions(String file) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve(file)));
  }

  private static X509Certificate read(Path file) throws Exception {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }
}
