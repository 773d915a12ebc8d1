package dev.mintlog.registry.document.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import dev.mintlog.registry.client.AssertionIssuer;
import dev.mintlog.registry.client.GrantAssertionPolicy;
import dev.mintlog.registry.client.SubjectRule;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrantAssertionFormTest {
  private static final String PUBLISHED = "jwksUri: 'https://idp.example/keys'";

  private static String registry(String policy) {
    return "tenants:\n- name: default\n  clients:\n  - id: app\n    secrets: [{hash: 'sha256:"
        + "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]\n    jwtBearer: " + policy + "\n";
  }

  private static GrantAssertionPolicy read(RegistryDocument document) {
    return document.tenants().get(0).clients().get(0).grantAssertions();
  }

  private static List<String> problemsOf(String policy) {
    InvalidRegistryException thrown =
        catchThrowableOfType(InvalidRegistryException.class, () -> RegistryDocument.parse(registry(policy)));
    assertThat(thrown).as("a refusal").isNotNull();
    return thrown.problems().stream().map(problem -> problem.replace("tenants[0].clients[0].jwtBearer.", "")).toList();
  }

  private static String jwks() throws JOSEException {
    return "jwks: " + new JWKSet(new OctetKeyPairGenerator(Curve.Ed25519).generate().toPublicJWK()).toString(false);
  }

  @Test
  void shouldReadBackWhatItWrites() throws Exception {
    // When
    RegistryDocument document = RegistryDocument.parse(registry("{subjects: any, issuers: [{issuer: a, " + jwks()
        + ", algorithms: [EdDSA], audiences: ['api://us'], subjects: any, subjectPrefix: 'a|'}, {issuer: b, "
        + PUBLISHED + "}]}"));

    // Then
    assertThat(RegistryDocument.parse(document.yaml())).isEqualTo(document);
    assertThat(read(document).ownSubjects()).isEqualTo(SubjectRule.ANY);
    AssertionIssuer inline = read(document).issuer("a").orElseThrow();
    assertThat(inline.algorithms()).isEqualTo(Set.of("EdDSA"));
    assertThat(inline.audiences()).isEqualTo(Set.of("api://us"));
    assertThat(inline.subjectPrefix()).isEqualTo("a|");
    AssertionIssuer published = read(document).issuer("b").orElseThrow();
    assertThat(published.subjects()).as("the usual rule").isEqualTo(SubjectRule.REGISTERED);
    assertThat(published.audiences()).isEmpty();
  }

  @Test
  void shouldLetAClientSpeakForItselfAloneUnlessItSaysMore() {
    assertThat(read(RegistryDocument.parse(registry("{}")))).isEqualTo(GrantAssertionPolicy.DEFAULT);
    assertThat(GrantAssertionPolicy.DEFAULT.ownSubjects()).isEqualTo(SubjectRule.NONE);
  }

  @Test
  void shouldRefuseAnIssuerWithoutKeysOrWithKeysInTwoPlaces() throws Exception {
    assertThat(problemsOf("{issuers: [{issuer: a}]}"))
        .containsExactly("issuers[0].jwks: expected its keys, here or at jwksUri, found none");
    assertThat(problemsOf("{issuers: [{issuer: a, " + PUBLISHED + ", " + jwks() + "}]}"))
        .containsExactly("issuers[0].jwks: expected its keys, here or at jwksUri, found both");
  }

  @Test
  void shouldRefuseAlgorithmsThatEverybodyCouldUse() throws Exception {
    for (String algorithm : List.of("none", "HS256", "rs256")) {
      assertThat(problemsOf("{issuers: [{issuer: a, " + PUBLISHED + ", algorithms: ['" + algorithm + "']}]}"))
          .singleElement().asString().startsWith("issuers[0].algorithms: expected some of RS256");
    }
  }

  @Test
  void shouldRefuseRulesThatNobodyKnowsAndAnIssuerThatCouldNameNobody() {
    assertThat(problemsOf("{subjects: all}"))
        .containsExactly("subjects: expected none, registered or any, found 'all'");
    assertThat(problemsOf("{issuers: [{issuer: a, " + PUBLISHED + ", subjects: none}]}"))
        .containsExactly("issuers[0].subjects: expected registered or any, found 'none': then it could name nobody");
  }

  @Test
  void shouldTakeTwentyIssuersAndNoMoreAndEachOnce() {
    RegistryDocument.parse(registry(issuers(GrantAssertionForm.ISSUERS_MAX)));

    assertThat(problemsOf(issuers(GrantAssertionForm.ISSUERS_MAX + 1)))
        .containsExactly("issuers: expected at most 20, found 21");
    assertThat(problemsOf("{issuers: [{issuer: a, " + PUBLISHED + "}, {issuer: a, " + PUBLISHED + "}]}"))
        .containsExactly("issuers: 'a' is there twice");
  }

  @Test
  void shouldNotLetAPublicClientHaveTheGrant() {
    InvalidRegistryException thrown = catchThrowableOfType(InvalidRegistryException.class, () -> RegistryDocument.parse(
        "tenants:\n- name: default\n  clients:\n  - id: app\n    public: true\n"
            + "    grantTypes: ['urn:ietf:params:oauth:grant-type:jwt-bearer']\n"));

    assertThat(thrown.problems()).containsExactly("tenants[0].clients[0].grantTypes:"
        + " urn:ietf:params:oauth:grant-type:jwt-bearer is not for public clients");
  }

  private static String issuers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{issuer: i" + i + ", " + PUBLISHED + "}")
        .collect(Collectors.joining(", ", "{issuers: [", "]}"));
  }
}
