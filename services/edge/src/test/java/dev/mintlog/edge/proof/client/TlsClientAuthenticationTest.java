package dev.mintlog.edge.proof.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.tls.TestCertificate;
import dev.mintlog.registry.client.CertificateSubject;
import dev.mintlog.registry.client.CertificateSubject.Kind;
import dev.mintlog.registry.client.SenderPolicy;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8705 §2.1 and §2.2. */
class TlsClientAuthenticationTest {
  private static final TestCertificate.Change NOTHING = builder -> { };
  private static TestCertificate authority;
  private static TestCertificate client;
  private static TlsClientAuthentication certificates;

  @BeforeAll
  static void make() throws Exception {
    authority = TestCertificate.authority("authority");
    client = authority.issue("CN=app,O=Example", NOTHING);
    certificates = new TlsClientAuthentication(List.of(authority.certificate()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"CN=app,O=Example", "cn=App, o=example"})
  void shouldCompareDistinguishedNamesAsNames(String registered) {
    assertThat(proves(Kind.DN, registered, client)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"CN=app", "CN=app,O=Example,C=DE", "O=Example,CN=app", "CN=app2,O=Example"})
  void shouldRefuseAnotherDistinguishedName(String registered) {
    assertThat(proves(Kind.DN, registered, client)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2, a.example, DNS, A.example, b.example",
      "6, https://a.example/x, URI, https://a.example/x, https://a.example",
      "7, 2001:db8::1, IP, 2001:DB8:0::1, 2001:db8::2", "7, 192.0.2.7, IP, 192.0.2.7, 192.0.2.8",
      "1, app@example.org, EMAIL, app@example.org, app@example.com"})
  void shouldFindTheAlternativeName(int tag, String name, Kind kind, String same, String other) throws Exception {
    TestCertificate named = authority.issue("CN=app", TestCertificate.named(tag, name));

    assertThat(proves(kind, same, named)).isTrue();
    assertThat(proves(kind, other, named)).isFalse();
    assertThat(proves(kind, same, client)).as("one without alternative names").isFalse();
  }

  @Test
  void shouldNotTakeANameOfOneKindForAnother() throws Exception {
    TestCertificate named = authority.issue("CN=a.example", TestCertificate.named(GeneralName.rfc822Name, "a.example"));

    assertThat(proves(Kind.DNS, "a.example", named)).isFalse();
  }

  @Test
  void shouldRefuseTheRightNameByAnotherAuthority() throws Exception {
    TestCertificate other = TestCertificate.authority("authority");
    TestCertificate forged = other.issue("CN=app,O=Example", NOTHING);

    assertThat(proves(Kind.DN, "CN=app,O=Example", forged)).isFalse();
    assertThat(proves(Kind.DN, "CN=app,O=Example", forged.certificate(), other.certificate()))
        .as("with its own").isFalse();
    assertThat(proves(Kind.DN, "CN=app", TestCertificate.of("app"))).as("self-signed").isFalse();
  }

  @Test
  void shouldRefuseWhatAClientIssued() throws Exception {
    TestCertificate issued = client.issue("CN=other", NOTHING);

    assertThat(proves(Kind.DN, "CN=other", issued.certificate(), client.certificate())).isFalse();
  }

  @Test
  void shouldFollowAnIntermediateThatTheClientGives() throws Exception {
    TestCertificate intermediate = authority.issue("CN=intermediate", TestCertificate::asAuthority);
    TestCertificate issued = intermediate.issue("CN=app", NOTHING);

    assertThat(proves(Kind.DN, "CN=app", issued.certificate(), intermediate.certificate())).isTrue();
    assertThat(proves(Kind.DN, "CN=app", issued)).as("without it").isFalse();
  }

  @Test
  void shouldRefuseAChainOfMoreThanFive() {
    List<X509Certificate> chain = new ArrayList<>(List.of(client.certificate()));
    while (chain.size() < 5) {
      chain.add(authority.certificate());
    }
    assertThat(proves(Kind.DN, "CN=app,O=Example", chain.toArray(X509Certificate[]::new))).isTrue();

    chain.add(authority.certificate());
    assertThat(proves(Kind.DN, "CN=app,O=Example", chain.toArray(X509Certificate[]::new))).isFalse();
  }

  @Test
  void shouldRefuseACertificateThatIsNotInForce() {
    SenderPolicy.Certificate registered = subject(Kind.DN, "CN=app,O=Example");
    ClientCertificate presented = new ClientCertificate(List.of(client.certificate()));

    assertThat(certificates.proves(registered, presented, Instant.now().plus(Duration.ofDays(2)))).isFalse();
    assertThat(certificates.proves(registered, presented, Instant.now().minus(Duration.ofDays(2)))).isFalse();
  }

  @Test
  void shouldRefuseACertificateThatIsForServersOnly() throws Exception {
    assertThat(proves(Kind.DN, "CN=app",
        authority.issue("CN=app", TestCertificate.forUse(KeyPurposeId.id_kp_serverAuth)))).isFalse();
    assertThat(proves(Kind.DN, "CN=app",
        authority.issue("CN=app", TestCertificate.forUse(KeyPurposeId.id_kp_clientAuth)))).isTrue();
  }

  @Test
  void shouldTrustNobodyWithoutAuthorities() {
    assertThat(new TlsClientAuthentication(List.of()).proves(subject(Kind.DN, "CN=app,O=Example"),
        new ClientCertificate(List.of(client.certificate())), Instant.now())).isFalse();
  }

  @Test
  void shouldKnowARegisteredCertificateByItsThumbprintAlone() throws Exception {
    TestCertificate own = TestCertificate.of("anything");
    ClientCertificate presented = new ClientCertificate(List.of(own.certificate()));
    SenderPolicy.Certificate registered = new SenderPolicy.Certificate(
        Optional.empty(), Set.of(presented.confirmation().thumbprint()), false);

    assertThat(certificates.proves(registered, presented, Instant.now())).isTrue();
    assertThat(certificates.proves(registered,
        new ClientCertificate(List.of(TestCertificate.of("anything").certificate())), Instant.now()))
        .as("same name, another key").isFalse();
    assertThat(certificates.proves(registered,
        new ClientCertificate(List.of(client.certificate(), own.certificate())), Instant.now()))
        .as("given along, not proved").isFalse();
  }

  private static boolean proves(Kind kind, String value, TestCertificate presented) {
    return proves(kind, value, presented.certificate());
  }

  private static boolean proves(Kind kind, String value, X509Certificate... chain) {
    return certificates.proves(subject(kind, value), new ClientCertificate(List.of(chain)), Instant.now());
  }

  private static SenderPolicy.Certificate subject(Kind kind, String value) {
    return new SenderPolicy.Certificate(Optional.of(new CertificateSubject(kind, value)), Set.of(), false);
  }
}
