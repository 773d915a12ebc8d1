package dev.mintlog.registry.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.mintlog.client.AccessPolicy;
import dev.mintlog.client.AccessTokenType;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.client.Client.DevicePolicy;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.client.Client.TokenPolicy;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.IdTokenEncryption;
import dev.mintlog.client.Profile;
import dev.mintlog.client.TenantPolicy;
import dev.mintlog.registry.client.BackchannelPolicy;
import dev.mintlog.registry.client.HintIssuer;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.client.ClientForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Findings;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.document.text.YamlText;
import dev.mintlog.registry.tenant.SigningKeyPeriods;
import dev.mintlog.registry.tenant.TenantSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryDocumentTest {
  private static final String HASH = "sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  private static List<String> problemsOf(String yaml) {
    InvalidRegistryException thrown =
        catchThrowableOfType(InvalidRegistryException.class, () -> RegistryDocument.parse(yaml));
    assertThat(thrown).as("a refusal").isNotNull();
    return thrown.problems();
  }

  private static String client(String... lines) {
    return "tenants:\n- name: default\n  apiResources: [{name: api, scopes: [read]}]\n  clients:\n  - id: app\n    "
        + String.join("\n    ", lines) + "\n";
  }

  @Test
  void shouldFillInWhatIsNotSaid() {
    // When
    RegistryDocument document = RegistryDocument.parse(client(
        "grantTypes: [client_credentials]", "secrets: [{hash: '" + HASH + "'}]"));

    // Then
    TenantDocument tenant = document.tenants().get(0);
    RegisteredClient client = tenant.clients().get(0);
    assertThat(tenant.issuer()).isEmpty();
    assertThat(tenant.identityScopes()).containsExactly("openid", "profile", "email", "address", "phone");
    assertThat(client.client().enabled()).isTrue();
    assertThat(client.client().requirePkce()).isTrue();
    assertThat(client.client().tokens()).isEqualTo(TokenPolicy.DEFAULT);
    assertThat(client.client().refresh()).isEqualTo(RefreshPolicy.DEFAULT);
    assertThat(client.client().device()).isEqualTo(DevicePolicy.DEFAULT);
    assertThat(client.client().access()).isEqualTo(AccessPolicy.DEFAULT);
    assertThat(client.isPublic()).isFalse();
  }

  @Test
  void shouldTakeTheShortNameOfTheDeviceGrant() {
    RegistryDocument document = RegistryDocument.parse(client("public: true", "grantTypes: [device_code]"));
    assertThat(document.tenants().get(0).clients().get(0).client().grantTypes())
        .containsExactly(GrantType.DEVICE_CODE);
  }

  @Test
  void shouldReadHowLongBackchannelRequestsWait() {
    RegistryDocument document = RegistryDocument.parse(client("secrets: [{hash: '" + HASH + "'}]",
        "grantTypes: ['urn:openid:params:grant-type:ciba']", "ciba: {lifetime: 2m, pollingInterval: 2s}"));

    assertThat(document.tenants().get(0).clients().get(0).client().ciba())
        .isEqualTo(new CibaPolicy(Duration.ofMinutes(2), Duration.ofSeconds(2), Optional.empty()));
  }

  @Test
  void shouldReadWhereAClientIsToldOfDecisions() {
    RegistryDocument document = RegistryDocument.parse(client("secrets: [{hash: '" + HASH + "'}]",
        "grantTypes: ['urn:openid:params:grant-type:ciba']",
        "ciba: {mode: ping, notificationEndpoint: 'https://bank.example:8443/ping?a=b'}"));

    assertThat(document.tenants().get(0).clients().get(0).client().ciba().notificationEndpoint())
        .contains("https://bank.example:8443/ping?a=b");
  }

  @Test
  void shouldRefuseAPlaceThatAClientCannotBeToldAt() {
    for (String endpoint : List.of("http://bank.example/ping", "https://me@bank.example/", "https:///ping", "ping",
        "https://bank.example/#a")) {
      assertThat(problemsOf(client("secrets: [{hash: '" + HASH + "'}]",
          "ciba: {mode: ping, notificationEndpoint: '" + endpoint + "'}"))).as(endpoint).singleElement().asString()
          .contains("notificationEndpoint", "https");
    }
    assertThat(problemsOf(client("secrets: [{hash: '" + HASH + "'}]", "ciba: {mode: ping}"))).singleElement().asString()
        .contains("notificationEndpoint");
    assertThat(problemsOf(client("secrets: [{hash: '" + HASH + "'}]", "ciba: {mode: push}"))).singleElement().asString()
        .contains("poll or ping");
  }

  @Test
  void shouldReadWhatBackchannelRequestsMayLookLike() throws Exception {
    String jwks = "assertions: {jwks: " + new JWKSet(new ECKeyGenerator(Curve.P_256).generate()) + "}";
    RegistryDocument document = RegistryDocument.parse(client(jwks,
        "grantTypes: ['urn:openid:params:grant-type:ciba']", "ciba: {requestSigningAlgorithm: ES256,"
            + " requireSignedRequest: true,"
            + " hintIssuers: [{issuer: 'https://desk.example', jwksUri: 'https://desk.example/jwks'}]}"));

    RegisteredClient read = document.tenants().get(0).clients().get(0);
    assertThat(read.backchannel()).isEqualTo(new BackchannelPolicy(Optional.of("ES256"), true,
        List.of(new HintIssuer("https://desk.example", URI.create("https://desk.example/jwks")))));
    assertThat(ClientForm.write(read).get("ciba").toString()).contains("\"requestSigningAlgorithm\":\"ES256\"",
        "\"requireSignedRequest\":true", "\"issuer\":\"https://desk.example\"");
  }

  @Test
  void shouldRefuseSignedRequestsThatNoKeyIsFor() {
    String secret = "secrets: [{hash: '" + HASH + "'}]";
    assertThat(problemsOf(client(secret, "ciba: {requestSigningAlgorithm: ES256}"))).singleElement().asString()
        .contains("requestSigningAlgorithm", "public key");
    assertThat(problemsOf(client(secret, "ciba: {requestSigningAlgorithm: HS256}"))).singleElement().asString()
        .contains("requestSigningAlgorithm", "RS256");
    assertThat(problemsOf(client(secret, "ciba: {requestSigningAlgorithm: none}"))).singleElement().asString()
        .contains("requestSigningAlgorithm");
    assertThat(problemsOf(client(secret, "ciba: {requireSignedRequest: true}"))).singleElement().asString()
        .contains("requestSigningAlgorithm beside it");
    assertThat(problemsOf(client(secret, "ciba: {hintIssuers: [{issuer: 'https://desk.example'}]}"))).singleElement()
        .asString().contains("jwksUri");
    assertThat(problemsOf(client(secret, "ciba: {hintIssuers: [{issuer: 'https://desk.example',"
        + " jwksUri: 'http://desk.example/jwks'}]}"))).singleElement().asString().contains("jwksUri");
    String desk = "{issuer: 'https://desk.example', jwksUri: 'https://desk.example/jwks'}";
    assertThat(problemsOf(client(secret, "ciba: {hintIssuers: [" + desk + ", " + desk + "]}"))).singleElement()
        .asString().contains("expected each issuer once");
  }

  @Test
  void shouldRefuseBackchannelRequestsOfPublicClients() {
    assertThat(problemsOf(client("public: true", "grantTypes: ['urn:openid:params:grant-type:ciba']")))
        .singleElement().asString().contains("ciba is not for public clients");
  }

  @Test
  void shouldReadBackWhatItWrites() throws Exception {
    // Given: an export names the issuer and puts lists in order, so what is stable is the second writing
    RegistryDocument example = RegistryDocument.parse(documentedExample());

    // When
    RegistryDocument again = RegistryDocument.parse(example.yaml());

    // Then
    assertThat(again).isEqualTo(example);
    assertThat(again.yaml()).isEqualTo(example.yaml());
  }

  @Test
  void shouldSurviveEntriesAndBack() throws Exception {
    RegistryDocument example = RegistryDocument.parse(documentedExample());
    assertThat(RegistryEntries.toDocument(RegistryEntries.of(example, Optional.empty())).tenants().get(0).clients())
        .containsExactlyInAnyOrderElementsOf(example.tenants().get(0).clients());
  }

  @Test
  void shouldMakeTheSameEntriesOfTheSameContentInAnotherOrder() {
    String one = "tenants:\n- name: default\n  users: [{subject: a, username: u, claims: {x: 1, y: {b: 1, a: 2}}}]\n";
    String other = "tenants:\n- users: [{username: u, claims: {y: {a: 2, b: 1}, x: 1}, subject: a}]\n  name: default\n";
    Optional<String> url = Optional.of("http://localhost:8080");
    assertThat(RegistryEntries.of(RegistryDocument.parse(one), url))
        .isEqualTo(RegistryEntries.of(RegistryDocument.parse(other), url));
  }

  @Test
  void shouldRefuseUnknownKeysWithTheirPath() {
    assertThat(problemsOf(client("public: true", "redirectUrl: x", "refresh: {grace: 1s}")))
        .anySatisfy(problem -> assertThat(problem)
            .startsWith("tenants[0].clients[0].redirectUrl: unknown key; known here: ").contains("redirectUris"))
        .anySatisfy(problem -> assertThat(problem)
            .startsWith("tenants[0].clients[0].refresh.grace: unknown key"));
  }

  @Test
  void shouldReadBackAClientWhoseIdTokensAreEncrypted() throws Exception {
    RegistryDocument document = RegistryDocument.parse(client("public: true",
        "idTokenEncryption: {alg: ECDH-ES, jwks: " + new JWKSet(List.of(
            new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE).keyID("s").generate().toPublicJWK(),
            new ECKeyGenerator(Curve.P_256).keyID("e").generate().toPublicJWK())) + "}"));

    IdTokenEncryption read =
        document.tenants().get(0).clients().get(0).client().tokens().idTokenEncryption().orElseThrow();
    assertThat(read.method()).isEqualTo("A128CBC-HS256");
    assertThat(read.publicJwk()).contains("\"kid\":\"e\"");
    assertThat(RegistryDocument.parse(document.yaml())).isEqualTo(document);
  }

  @Test
  void shouldRefuseKeysThatIdTokensCannotBeEncryptedForAndNeverRepeatAPrivateOne() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).generate();
    String ofPrivate = new JWKSet(key).toString(false);

    assertThat(problemsOf(client("public: true", "idTokenEncryption: {alg: RSA1_5, enc: none, jwks: {keys: []}}")))
        .anySatisfy(problem -> assertThat(problem).contains("idTokenEncryption.alg: expected one of RSA-OAEP-256"))
        .anySatisfy(problem -> assertThat(problem).contains("idTokenEncryption.enc: expected one of A128CBC-HS256"));
    assertThat(problemsOf(client("public: true",
        "idTokenEncryption: {alg: RSA-OAEP-256, jwks: " + new JWKSet(key.toPublicJWK()) + "}")))
        .anySatisfy(problem -> assertThat(problem).contains("jwks: expected a key for RSA-OAEP-256"));
    assertThat(problemsOf(client("public: true", "idTokenEncryption: {alg: ECDH-ES, jwks: " + ofPrivate + "}")))
        .anySatisfy(problem -> assertThat(problem).contains("expected public keys"))
        .noneSatisfy(problem -> assertThat(problem).contains(key.getD().toString()));
    RSAKey small = new RSAKeyGenerator(1024, true).generate();
    assertThat(problemsOf(client("public: true",
        "idTokenEncryption: {alg: RSA-OAEP-256, jwks: " + new JWKSet(small.toPublicJWK()) + "}")))
        .anySatisfy(problem -> assertThat(problem).contains("RSA of 2048 to 8192 bits"));
  }

  @Test
  void shouldReadWhatAccessTokensAreAndRefuseWhatReferencesCannotBe() {
    assertThat(RegistryDocument.parse(client("public: true", "accessTokenType: reference")).tenants().get(0).clients()
        .get(0).client().access().tokenType()).isEqualTo(AccessTokenType.REFERENCE);
    assertThat(problemsOf(client("public: true", "accessTokenType: opaque")))
        .anySatisfy(problem -> assertThat(problem).contains("accessTokenType: expected jwt or reference, found 'opaque'"));
    assertThat(problemsOf(client("accessTokenType: reference", "allowedScopes: [mintlog.login]",
        "grantTypes: ['urn:ietf:params:oauth:grant-type:token-exchange']", "secrets: [{hash: '" + HASH + "'}]")))
        .filteredOn(problem -> problem.contains("accessTokenType: reference is not for clients")).hasSize(2);
  }

  @Test
  void shouldReadBackTypesOfAuthorizationDetailsAndRefuseUnknownOnes() {
    String types = "tenants:\n- name: default\n  apiResources:\n  - name: api\n    authorizationDetailTypes:\n"
        + "    - {type: payment, members: {amount: %s}, required: [amount]}\n  clients:\n"
        + "  - {id: app, public: true, authorizationDetailTypes: [%s]}\n";
    RegistryDocument document = RegistryDocument.parse(types.formatted("number", "payment"));

    assertThat(document.tenants().get(0).clients().get(0).client().access().detailTypes()).containsExactly("payment");
    assertThat(RegistryDocument.parse(document.yaml())).isEqualTo(document);
    assertThat(problemsOf(types.formatted("money", "payment")))
        .anySatisfy(problem -> assertThat(problem).contains("members: expected names other than type"));
    assertThat(problemsOf(types.formatted("number", "visit")))
        .anySatisfy(problem -> assertThat(problem).contains("type 'visit', which no API resource of the tenant defines"));
  }

  @Test
  void shouldReadWhetherRefreshHandlesRotate() {
    String confidential = "secrets: [{hash: '" + HASH + "'}]";
    assertThat(refreshOf(client(confidential, "refresh: {policy: reuse}"))).isEqualTo(
        RefreshPolicy.DEFAULT.withoutRotation());
    assertThat(refreshOf(client(confidential, "refresh: {policy: rotate}"))).isEqualTo(RefreshPolicy.DEFAULT);
    RegistryDocument reuse = RegistryDocument.parse(client(confidential, "refresh: {policy: reuse}"));
    Optional<String> url = Optional.of("http://localhost:8080");
    assertThat(RegistryEntries.toDocument(RegistryEntries.of(reuse, url)).tenants().get(0).clients())
        .isEqualTo(reuse.tenants().get(0).clients());
    assertThat(problemsOf(client("public: true", "refresh: {policy: reuse}")))
        .containsExactly("tenants[0].clients[0].refresh.policy: reuse is not for public clients (RFC 9700 §2.2.2)");
    assertThat(problemsOf(client(confidential, "refresh: {policy: never}")))
        .containsExactly("tenants[0].clients[0].refresh.policy: expected rotate or reuse, found 'never'");
  }

  private static RefreshPolicy refreshOf(String yaml) {
    return RegistryDocument.parse(yaml).tenants().get(0).clients().get(0).client().refresh();
  }

  @Test
  void shouldRefuseClaimsThatAreTheProtocolsOwn() {
    assertThat(problemsOf("tenants:\n- name: default\n  apiResources: [{name: api, userClaims: [email, sub]}]\n"
        + "  clients:\n  - id: app\n    public: true\n    claims: {aud: all, region: eu}\n"))
        .containsExactlyInAnyOrder(
            "tenants[0].apiResources[0].userClaims: expected names of claims beyond the protocol's own, found 'sub'",
            "tenants[0].clients[0].claims: expected names of claims beyond the protocol's own, found 'aud'");
  }

  @Test
  void shouldTellAllProblemsAtOnce() {
    assertThat(problemsOf(client(
        "enabled: maybe", "accessTokenLifetime: 3 hours", "signingAlgorithm: HS256", "grantTypes: [implicit]",
        "redirectUris: ['http://example.org/cb', '/cb', 'https://a/#b', 'javascript:alert(1)']",
        "allowedScopes: [write]", "allowedOrigins: ['https://a.example/']")))
        .contains(
            "tenants[0].clients[0].enabled: expected true or false, found text",
            "tenants[0].clients[0].accessTokenLifetime: expected a duration like 90s, 15m, 1h30m or 30d, found '3 hours'",
            "tenants[0].clients[0].signingAlgorithm: expected one of RS256, PS256, ES256, EdDSA, found 'HS256'",
            "tenants[0].clients[0].secrets: expected one at least, or assertions, or tls that authenticates, or public:"
                + " true",
            "tenants[0].clients: client 'app' is allowed scope 'write', which no API resource and no identity scope of"
                + " the tenant is")
        .anySatisfy(problem -> assertThat(problem).contains("unknown grant type 'implicit'"))
        .anySatisfy(problem -> assertThat(problem).contains("http is for loopback alone"))
        .anySatisfy(problem -> assertThat(problem).contains("absolute URI without fragment").contains("'/cb'"))
        .anySatisfy(problem -> assertThat(problem).contains("absolute URI without fragment").contains("'https://a/#b'"))
        .anySatisfy(problem -> assertThat(problem).contains("scheme 'javascript'"))
        .anySatisfy(problem -> assertThat(problem).contains("scheme://host[:port]"));
  }

  @Test
  void shouldTakeTheRateOfASecondForTheBurstThatIsNotSaid() {
    RegistryDocument document = RegistryDocument.parse(client("public: true", "rateLimit: {perSecond: 7}"));

    assertThat(document.tenants().get(0).clients().get(0).rateLimit()).contains(new RateLimit(7, 7));
  }

  @Test
  void shouldRefuseRateLimitsThatAreNone() {
    assertThat(problemsOf(client("public: true", "rateLimit: {perSecond: 0, burst: 1000001}"))).containsExactly(
        "tenants[0].clients[0].rateLimit.perSecond: expected a whole number from 1 to 1000000, found 0",
        "tenants[0].clients[0].rateLimit.burst: expected a whole number from 1 to 1000000, found 1000001");
    assertThat(problemsOf(client("public: true", "rateLimit: {burst: 1}"))).containsExactly(
        "tenants[0].clients[0].rateLimit.perSecond: expected a whole number from 1 to 1000000, found nothing");
  }

  @Test
  void shouldRefuseClientsThatTheRfcsDoNotAllow() {
    assertThat(problemsOf(client("public: true", "grantTypes: [client_credentials]",
        "allowedScopes: [mintlog.login]", "secrets: [{hash: '" + HASH + "'}]")))
        .anySatisfy(problem -> assertThat(problem).contains("RFC 6749 §4.4"))
        .anySatisfy(problem -> assertThat(problem).contains("mintlog.login is not for public clients"))
        .anySatisfy(problem -> assertThat(problem).contains("a public client has none"));
  }

  @Test
  void shouldHavePublicClientsUsePkceUnlessOneIsSaidNotTo() {
    String[] app = {"public: true", "grantTypes: [authorization_code]", "redirectUris: ['https://app.example/callback']"};

    RegistryDocument usual = RegistryDocument.parse(client(app));
    RegistryDocument without = RegistryDocument.parse(client(app[0], app[1], app[2], "requirePkce: false"));

    assertThat(usual.tenants().get(0).clients().get(0).client().requirePkce()).isTrue();
    assertThat(without.tenants().get(0).clients().get(0).client().requirePkce()).isFalse();
  }

  @Test
  void shouldNotRepeatASecretThatWasWrittenForItsHash() {
    assertThat(problemsOf(client("secrets: [{hash: correct-horse-battery}]")))
        .containsExactly("tenants[0].clients[0].secrets[0].hash: expected sha256:<base64url> or $argon2id$…, not a secret"
            + " itself");
  }

  @Test
  void shouldRefuseFastHashesOfPasswords() {
    assertThat(problemsOf("tenants: [{name: default, users: [{subject: a, username: b, passwordHash: '" + HASH + "'}]}]"))
        .containsExactly(
            "tenants[0].users[0].passwordHash: expected $argon2id$…; sha256: is for generated secrets");
  }

  @Test
  void shouldRefuseTheSameTwice() {
    assertThat(problemsOf("tenants:\n"
        + "- {name: a, users: [{subject: s, username: u}, {subject: t, username: u}],"
        + " apiResources: [{name: x}, {name: x}]}\n- {name: a}\n"))
        .containsExactlyInAnyOrder("tenants[0].users: 'username u' is there twice",
            "tenants[0].apiResources: 'x' is there twice", "tenants: 'a' is there twice");
  }

  @Test
  void shouldRefuseAnApiThatAuthenticatesUnderTheNameOfAClient() {
    String api = "apiResources: [{name: app, scopes: [read]%s}], clients: [{id: app, public: true}]";

    assertThat(problemsOf("tenants: [{name: default, " + api.formatted(", secrets: [{hash: '" + HASH + "'}]") + "}]"))
        .singleElement().asString().contains("'app' has secrets and the name of a client");
    assertThat(RegistryDocument.parse("tenants: [{name: default, " + api.formatted("") + "}]").tenants()).hasSize(1);
  }

  @Test
  void shouldRefuseAnUnknownProfile() {
    assertThat(problemsOf("tenants: [{name: default, profile: other}]"))
        .containsExactly("tenants[0].profile: expected one of rfc, identityserver, found 'other'");
  }

  @Test
  void shouldRefuseAGuidThatIsNoneOrAnothers() {
    String guid = "5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e";

    assertThat(problemsOf("tenants: [{name: default, guid: 5F2C8E0A-4B1D-4C6F-9A3E-7D8B6C5A4F3E}]"))
        .singleElement().asString().startsWith("tenants[0].guid: expected a GUID in lower case");
    assertThat(problemsOf("tenants: [{name: a, guid: " + guid + "}, {name: b, guid: " + guid + "}]"))
        .containsExactly("tenants: the guid " + guid + " is another tenant's guid or name");
    assertThat(problemsOf("tenants: [{name: a, guid: " + guid + "}, {name: " + guid + "}]"))
        .containsExactly("tenants: the guid " + guid + " is another tenant's guid or name");
  }

  @Test
  void shouldKeepTheSettingsOfATenantThroughEntries() {
    RegistryDocument document =
        RegistryDocument.parse("tenants: [{name: default, profile: identityserver, scopeClaimAsArray: true, guid: 5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e,"
            + " signingKeys: {rotateEvery: 30d, announceFor: 1h, jwksMaxAge: 0s}}]");

    RegistryDocument again = RegistryEntries.toDocument(RegistryEntries.of(document, Optional.of("http://localhost")));

    assertThat(again.tenants().get(0).settings())
        .isEqualTo(new TenantSettings(new TenantPolicy(Profile.IDENTITY_SERVER, true, false,
            Optional.of("5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e")),
            new SigningKeyPeriods(Duration.ofDays(30), Duration.ofHours(1), Duration.ZERO)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "{announceFor: 5m}                                       | announceFor: expected more than jwksMaxAge (5m), found 5m",
      "{announceFor: 2s, jwksMaxAge: 3s}                       | announceFor: expected more than jwksMaxAge (3s), found 2s",
      "{rotateEvery: 1h}                                       | rotateEvery: expected announceFor (1d) at least, found 1h",
      "{rotateEvery: 0s, announceFor: 1s, jwksMaxAge: 0s}      | rotateEvery: expected from 1s to 3660d, found 0s",
      "{jwksMaxAge: 25h}                                       | jwksMaxAge: expected from 0s to 1d, found 1d1h",
      "{every: 1h}                                             | every: unknown key"})
  void shouldRefuseSigningKeysThatAVerifierMayNotKnow(String signingKeys, String problem) {
    assertThat(problemsOf("tenants: [{name: default, signingKeys: " + signingKeys + "}]")).singleElement().asString()
        .startsWith("tenants[0].signingKeys." + problem);
  }

  @Test
  void shouldTakeAnAnnouncementThatIsJustLongEnough() {
    assertThat(RegistryDocument.parse("tenants: [{name: default, signingKeys: {rotateEvery: 2s, announceFor: 2s,"
        + " jwksMaxAge: 1s}}]").tenants()).hasSize(1);
  }

  @Test
  void shouldRefuseReservedNames() {
    assertThat(problemsOf("tenants:\n- {name: connect}\n- {name: .well-known}\n- {name: a/b}\n"
        + "- {name: ok, apiResources: [{name: mintlog, scopes: [mintlog.login, openid]}]}\n"))
        .anySatisfy(problem -> assertThat(problem).isEqualTo("tenants[0].name: 'connect' is a reserved name"))
        .anySatisfy(problem -> assertThat(problem).isEqualTo("tenants[1].name: '.well-known' is a reserved name"))
        .anySatisfy(problem -> assertThat(problem).startsWith("tenants[2].name: expected up to 63"))
        .anySatisfy(problem -> assertThat(problem).contains("'mintlog' is a reserved name"))
        .anySatisfy(problem -> assertThat(problem).contains("found 'mintlog.login'"))
        .anySatisfy(problem -> assertThat(problem).contains("'openid' is an identity scope already"));
  }

  @Test
  void shouldRefuseNumbersWhereTextIsMeant() {
    assertThat(problemsOf("tenants: [{name: default, clients: [{id: 123, public: true}]}]"))
        .containsExactly("tenants[0].clients[0].id: expected text, found a number; put it in quotes");
  }

  @Test
  void shouldRefuseAnEmptyFileRatherThanRemoveEverything() {
    for (String nothing : List.of("", "---", "{}", "tenants:", "tenants: []", "# nothing")) {
      assertThat(problemsOf(nothing)).as("'%s'", nothing).contains("tenants: expected one tenant at least");
    }
  }

  @Test
  void shouldRefuseWhatIsNoYamlAndKeysGivenTwice() {
    assertThat(problemsOf("tenants: [")).singleElement().asString().startsWith("line ");
    assertThat(problemsOf("tenants: []\ntenants: [{name: a}]")).singleElement().asString().contains("tenants");
    assertThat(problemsOf("just text")).anySatisfy(problem -> assertThat(problem).contains("keys and values"));
    assertThat(problemsOf("tenants: [{name: a}]\n---\ntenants: [{name: b}]")).hasSize(1);
  }

  @Test
  void shouldRefuseWhatIsNestedDeeply() {
    assertThat(problemsOf(nested(65))).singleElement().asString().contains("depth");
    assertThat(problemsOf(nested(64))).noneMatch(problem -> problem.contains("depth"));
    assertThat(problemsOf(nested(20_000))).singleElement().asString().contains("depth");
    assertThatThrownBy(() -> CanonicalJson.read(nested(65))).isInstanceOf(IllegalArgumentException.class);
    assertThat(CanonicalJson.read(nested(64)).isArray()).isTrue();
  }

  private static String nested(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void shouldRefuseTenantsThatShareAnIssuer() {
    RegistryDocument document =
        RegistryDocument.parse("tenants: [{name: default}, {name: b, issuer: 'http://localhost:8080'}]");
    InvalidRegistryException thrown = catchThrowableOfType(InvalidRegistryException.class,
        () -> RegistryEntries.of(document, Optional.of("http://localhost:8080")));
    assertThat(thrown.problems()).singleElement().asString().contains("have the same issuer http://localhost:8080");
  }

  @Test
  void shouldDocumentEveryKeyAndNoOther() throws Exception {
    // Given
    Findings findings = Findings.ofDocument();
    RegistryDocument.read(YamlText.read(documentedExample()), findings);

    // When
    Set<String> documented = new TreeSet<>();
    Matcher rows = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(documentation());
    while (rows.find()) {
      documented.add(rows.group(1));
    }

    // Then
    findings.throwIfAny();
    assertThat(documented).isEqualTo(findings.keys());
  }

  @Test
  void shouldKeepClaimsAsTheyAre() {
    RegistryDocument document = RegistryDocument.parse("tenants: [{name: default, users: [{subject: a, username: b,"
        + " claims: {n: 1, list: [a, {b: true}], text: 'no'}}]}]");
    assertThat(document.tenants().get(0).users().get(0).claims())
        .isEqualTo(Map.of("n", 1, "list", List.of("a", Map.of("b", true)), "text", "no"));
  }

  private static String documentation() throws Exception {
    return Files.readString(Path.of("../../docs/registry.md"));
  }

  private static String documentedExample() throws Exception {
    Matcher example = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(documentation());
    assertThat(example.find()).as("an example in docs/registry.md").isTrue();
    return example.group(1);
  }
}
