package dev.mintlog.registry.document.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mintlog.registry.client.CertificateSubject;
import dev.mintlog.registry.client.CertificateSubject.Kind;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.client.SenderPolicy;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8705 §2.1.2, §2.2 and §3.4 in a registry file. */
class SenderFormTest {
  private static final String THUMBPRINT = "t".repeat(43);

  @Test
  void shouldNeedNoSecretOfAClientThatACertificateAuthenticates() {
    SenderPolicy.Certificate certificate = read("tls: {subject: {dn: 'CN=app,O=Example'}, certificates: [" + THUMBPRINT
        + "], boundAccessTokens: true}").sender().certificate();

    assertThat(certificate.subject()).contains(new CertificateSubject(Kind.DN, "CN=app,O=Example"));
    assertThat(certificate.thumbprints()).containsExactly(THUMBPRINT);
    assertThat(certificate.bindsAccessTokens()).isTrue();
    assertThat(certificate.authenticates()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"dns, client.example, DNS", "uri, https://client.example/a, URI", "ip, 2001:db8::1, IP",
      "ip, 192.0.2.7, IP", "email, app@example.org, EMAIL"})
  void shouldTakeEachNameOfTheHolder(String key, String value, Kind kind) {
    assertThat(read("tls: {subject: {" + key + ": '" + value + "'}}").sender().certificate().subject())
        .contains(new CertificateSubject(kind, value));
  }

  @Test
  void shouldLetAPublicClientBindItsTokensWithoutBeingAuthenticated() {
    assertThat(read("public: true\n    tls: {boundAccessTokens: true}").sender())
        .isEqualTo(new SenderPolicy(new SenderPolicy.Certificate(Optional.empty(), Set.of(), true),
            new SenderPolicy.Dpop(false, false)));
    assertThat(problems("public: true\n    tls: {certificates: [" + THUMBPRINT + "]}"))
        .singleElement().asString().contains("tenants[0].clients[0].tls: ", "public client");
  }

  @Test
  void shouldReadHowDpopIsUsed() {
    assertThat(read("public: true\n    dpop: {required: true, nonce: true}").sender().dpop())
        .isEqualTo(new SenderPolicy.Dpop(true, true));
    assertThat(read("public: true").sender()).isEqualTo(SenderPolicy.NONE);
    assertThat(problems("public: true\n    dpop: {nonces: true}"))
        .anySatisfy(problem -> assertThat(problem).contains("dpop.nonces: unknown key"));
  }

  @Test
  void shouldWantACredentialWhereTheCertificateOnlyBinds() {
    assertThat(problems("tls: {boundAccessTokens: true}")).singleElement().asString().contains("secrets: expected one");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{subject: {dn: 'no name'}}|subject.dn: expected a distinguished name",
      "{subject: {ip: client.example}}|subject.ip: expected an IP address in digits, found 'client.example'",
      "{subject: {dns: a.example, uri: 'https://a.example'}}|expected one of dn, dns, uri, ip and email, found 2",
      "{certificates: [short]}|certificates: expected the SHA-256 of a certificate's DER",
      "{subject: {cn: app}}|subject.cn: unknown key",
      "{bound: true}|tls.bound: unknown key"})
  void shouldSayWhatIsWrong(String tls, String problem) {
    assertThat(problems("tls: " + tls)).anySatisfy(found -> assertThat(found).contains(problem));
  }

  private static RegisteredClient read(String lines) {
    return RegistryDocument.parse(document(lines)).tenants().get(0).clients().get(0);
  }

  private static List<String> problems(String lines) {
    return catchThrowableOfType(InvalidRegistryException.class, () -> read(lines)).problems();
  }

  private static String document(String lines) {
    return "tenants:\n- name: default\n  clients:\n  - id: app\n    " + lines + "\n";
  }
}
