package dev.mintlog.registry.document.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mintlog.registry.client.RegisteredAssertions;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssertionFormTest {
  private static final String SEALED = "sealed:" + "A".repeat(80);

  private static String registry(String... lines) {
    return "tenants:\n- name: default\n  clients:\n  - id: app\n    assertions:\n      "
        + String.join("\n      ", lines) + "\n";
  }

  private static List<String> problemsOf(String... lines) {
    InvalidRegistryException thrown =
        catchThrowableOfType(InvalidRegistryException.class, () -> RegistryDocument.parse(registry(lines)));
    assertThat(thrown).as("a refusal").isNotNull();
    return thrown.problems().stream().map(problem -> problem.replace("tenants[0].clients[0].assertions.", "")).toList();
  }

  private static String jwks(JWK... keys) {
    return "jwks: " + new JWKSet(List.of(keys)).toString(false);
  }

  private static JWK publicKey() throws JOSEException {
    return new OctetKeyPairGenerator(Curve.Ed25519).generate().toPublicJWK();
  }

  @Test
  void shouldReadBackWhatItWrites() throws Exception {
    // Given
    RegistryDocument keys = RegistryDocument.parse(registry(
        jwks(new RSAKeyGenerator(2048).keyID("r").generate().toPublicJWK(),
            new ECKeyGenerator(Curve.P_521).generate().toPublicJWK(), publicKey()),
        "algorithms: [PS256, EdDSA]", "audience: issuer"));
    RegistryDocument secrets = RegistryDocument.parse(registry("secrets:",
        "- {sealed: '" + SEALED + "', expiresAt: '2030-01-01T00:00:00Z', description: old}", "lenientMac: true"));

    // Then
    assertThat(RegistryDocument.parse(keys.yaml())).isEqualTo(keys);
    assertThat(RegistryDocument.parse(secrets.yaml())).isEqualTo(secrets);
    RegisteredAssertions read = keys.tenants().get(0).clients().get(0).assertions();
    assertThat(read.jwks()).containsKey("keys");
    assertThat(read.algorithms()).isEqualTo(Set.of("PS256", "EdDSA"));
    assertThat(read.issuerOnly()).isTrue();
    assertThat(secrets.tenants().get(0).clients().get(0).assertions().secrets()).hasSize(1);
  }

  @Test
  void shouldTakeAsManyKeysAsAreTriedAndNoMore() throws Exception {
    JWK key = publicKey();
    RegistryDocument.parse(registry(jwks(repeated(key, AssertionForm.KEYS_MAX))));

    assertThat(problemsOf(jwks(repeated(key, AssertionForm.KEYS_MAX + 1))))
        .containsExactly("jwks: expected at most 8 keys, those in certificates included, found 9");
  }

  @Test
  void shouldRefuseAPrivateOrASharedKeyWithoutRepeatingIt() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).generate();
    OctetSequenceKey shared = new OctetSequenceKeyGenerator(256).generate();

    String privateKeys = "jwks: " + new JWKSet(List.of((JWK) rsa)).toString(false);
    String sharedKeys = "jwks: " + new JWKSet(List.of((JWK) shared)).toString(false);

    assertThat(problemsOf(privateKeys)).containsExactly(
        "jwks: expected public keys alone, found a private or a shared one");
    assertThat(problemsOf(sharedKeys)).containsExactly(
        "jwks: expected public keys alone, found a private or a shared one");
  }

  @Test
  void shouldRefuseKeysThatAreTooWeakOrForSomethingElse() throws Exception {
    JWK weak = new RSAKeyGenerator(1024, true).generate().toPublicJWK();
    JWK curve = secp256k1();
    JWK encryption = new RSAKeyGenerator(2048).keyUse(KeyUse.ENCRYPTION).generate().toPublicJWK();

    assertThat(problemsOf(jwks(weak))).singleElement().asString().contains("RSA of 2048 to 8192 bits");
    assertThat(problemsOf(jwks(curve))).singleElement().asString().contains("EC on P-256, P-384 or P-521");
    assertThat(problemsOf(jwks(encryption))).containsExactly("jwks: expected keys for signatures, found one for encryption");
  }

  @Test
  void shouldRefuseWhatIsNoKey() {
    assertThat(problemsOf("jwks: {keys: [{kty: RSA}]}"))
        .containsExactly("jwks: expected a JWK set, RFC 7517 section 5: {\"keys\": [...]}");
    assertThat(problemsOf("certificates: [hello]"))
        .containsExactly("certificates: expected a certificate in PEM, found something else");
    assertThat(problemsOf("audience: issuer"))
        .containsExactly("jwks: expected a key at least, here, at jwksUri or in certificates, or a secret in secrets, or an"
            + " issuer in trusted");
  }

  @Test
  void shouldRefuseKeysAndSecretsTogether() throws Exception {
    assertThat(problemsOf(jwks(publicKey()), "secrets: [{sealed: '" + SEALED + "'}]"))
        .containsExactly("secrets: expected keys or secrets, found both");
  }

  @Test
  void shouldRefuseASecretThatIsNotSealedWithoutRepeatingIt() {
    assertThat(problemsOf("secrets: [{sealed: 'hunter2'}]"))
        .containsExactly("secrets[0].sealed: expected sealed:<base64url>, as `mintlog secret --seal` prints it");
  }

  @Test
  void shouldReadBackWhereKeysArePublished() {
    RegistryDocument document = RegistryDocument.parse(registry("jwksUri: https://keys.example/jwks?of=app",
        "trusted: [{issuer: 'https://platform.example', subject: s, audience: a, jwksUri: 'http://127.0.0.1:1/keys'}]"));

    assertThat(RegistryDocument.parse(document.yaml())).isEqualTo(document);
    assertThat(document.tenants().get(0).clients().get(0).assertions().trusted()).hasSize(1);
  }

  @Test
  void shouldRefuseKeysThatWouldBeFetchedInPlainTextOrFromNowhere() throws Exception {
    for (String uri : List.of("http://keys.example/jwks", "/jwks", "https:///jwks", "https://a@keys.example/jwks",
        "https://keys.example/jwks#x", "file:///etc/passwd", "gopher://keys.example")) {
      assertThat(problemsOf("jwksUri: '" + uri + "'")).singleElement().asString()
          .startsWith("jwksUri: expected an https URL without user and fragment");
    }
    assertThat(problemsOf(jwks(publicKey()), "jwksUri: https://keys.example"))
        .containsExactly("jwksUri: expected jwks or jwksUri, found both");
    assertThat(problemsOf("trusted: [{issuer: i, subject: s, audience: a}]"))
        .containsExactly("trusted[0].jwksUri: is required");
  }

  @Test
  void shouldRefuseAlgorithmsThatAreNotOfTheKind() throws Exception {
    assertThat(problemsOf(jwks(publicKey()), "algorithms: [HS256, none]")).hasSize(2)
        .allMatch(problem -> problem.startsWith("algorithms: expected some of RS256, "));
    assertThat(problemsOf("secrets: [{sealed: '" + SEALED + "'}]", "algorithms: [RS256]"))
        .containsExactly("algorithms: expected some of HS256, HS384, HS512, found 'RS256'");
    assertThat(problemsOf(jwks(publicKey()), "lenientMac: true"))
        .containsExactly("lenientMac: expected secrets beside it, found none");
  }

  // Made by hand: not every Java platform knows the curve.
  private static JWK secp256k1() throws java.text.ParseException {
    return JWK.parse("{\"kty\":\"EC\",\"crv\":\"secp256k1\","
        + "\"x\":\"eb5mfvncu6xVoGKVzocLBwKb_NstzijZWfKBWxb4F5g\","
        + "\"y\":\"SDradyajxGVdpPv8DhEIqP0XtEimhVQZnEfQj_sQ1Lg\"}");
  }

  private static JWK[] repeated(JWK key, int times) {
    return IntStream.range(0, times).mapToObj(number -> key).collect(Collectors.toCollection(ArrayList::new))
        .toArray(JWK[]::new);
  }
}
