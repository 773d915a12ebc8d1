package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import dev.mintlog.fixture.PrintedTickets;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.TestExtensionGrant;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metadata (OpenID Connect Discovery §3, RFC 8414 §2) and keys (RFC 7517): they promise what is there, and no more. */
class PublishedDocumentsTest {
  private static final String OPENID_CONFIGURATION = "/.well-known/openid-configuration";
  private static final String OAUTH_METADATA = "/.well-known/oauth-authorization-server";
  private static final String JWKS = "/.well-known/jwks.json";

  private final RunningSystem system = RunningSystem.shared();

  @Test
  void shouldBeTheSameDocumentUnderBothNames() {
    assertThat(get(OPENID_CONFIGURATION).json()).isEqualTo(get(OAUTH_METADATA).json());
  }

  @ParameterizedTest
  @ValueSource(strings = {OPENID_CONFIGURATION, OAUTH_METADATA, JWKS})
  void shouldBeJsonThatMayBeKeptForAWhileByAnybody(String path) {
    RawAnswer answer = get(path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    assertThat(answer.header("Cache-Control")).contains("public, max-age=300");
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(answer.header("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {OPENID_CONFIGURATION, OAUTH_METADATA, JWKS})
  void shouldAnswerHeadAsGetButWithoutBody(String path) {
    RawAnswer answer = RawConnection.exchange(system.edge(), RawRequest.of("HEAD", path));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo(get(path).header("Content-Type"));
    assertThat(answer.header("Cache-Control")).isEqualTo(get(path).header("Cache-Control"));
  }

  @Test
  void shouldNameTheIssuerThatTokensName() {
    String token = system.client("service").clientCredentials().accessToken();

    assertThat(metadata().get("issuer").asText()).isEqualTo(system.publicUrl())
        .isEqualTo(system.relyingParty().verified(token).getIssuer());
  }

  @Test
  void shouldNotFollowTheHostHeader() {
    RawAnswer answer = RawConnection.exchange(system.edge(), RawRequest.of("GET", OPENID_CONFIGURATION).without("Host")
        .header("Host", "attacker.example").header("X-Forwarded-Host", "attacker.example")
        .header("Forwarded", "host=attacker.example"));

    assertThat(answer.text()).doesNotContain("attacker");
  }

  @Test
  void shouldAdvertiseOnlyEndpointsThatAnswer() {
    List<String> endpoints = metadata().properties().stream()
        .filter(member -> member.getKey().endsWith("_endpoint") || member.getKey().endsWith("_uri"))
        // The login application's.
        .filter(member -> !member.getKey().equals("authorization_endpoint"))
        .map(member -> member.getValue().asText()).toList();

    assertThat(endpoints).hasSizeGreaterThanOrEqualTo(3).allSatisfy(endpoint -> {
      assertThat(endpoint).startsWith(system.publicUrl() + "/");
      RawAnswer answer = get(URI.create(endpoint).getPath());
      assertThat(answer.status()).as(endpoint).isIn(200, 400, 401, 405);
    });
  }

  @Test
  void shouldAdvertiseTheEndpointsOfThePlainPaths() {
    assertThat(metadata().get("token_endpoint").asText()).isEqualTo(system.publicUrl() + "/connect/token");
    assertThat(metadata().get("device_authorization_endpoint").asText())
        .isEqualTo(system.publicUrl() + "/connect/deviceauthorization");
    assertThat(metadata().get("revocation_endpoint").asText())
        .isEqualTo(system.publicUrl() + "/connect/revocation");
    assertThat(metadata().get("backchannel_authentication_endpoint").asText())
        .isEqualTo(system.publicUrl() + "/connect/ciba");
    assertThat(metadata().get("introspection_endpoint").asText())
        .isEqualTo(system.publicUrl() + "/connect/introspect");
    assertThat(metadata().get("userinfo_endpoint").asText()).isEqualTo(system.publicUrl() + "/connect/userinfo");
    assertThat(metadata().get("jwks_uri").asText()).isEqualTo(system.publicUrl() + JWKS);
  }

  @Test
  void shouldSayThatTheClaimsParameterIsTaken() {
    assertThat(metadata().get("claims_parameter_supported").asBoolean()).isTrue();
  }

  @Test
  void shouldAdvertiseHowIdTokensCanBeEncrypted() {
    assertThat(texts("id_token_encryption_alg_values_supported"))
        .containsExactlyInAnyOrder("RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW");
    assertThat(texts("id_token_encryption_enc_values_supported"))
        .containsExactlyInAnyOrder("A128CBC-HS256", "A256CBC-HS512", "A128GCM", "A256GCM");
  }

  @Test
  void shouldAdvertiseExactlyTheGrantTypesThatAreKnown() {
    assertThat(texts("grant_types_supported")).containsExactlyInAnyOrder("authorization_code", "client_credentials",
        "refresh_token", "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer", "password",
        "urn:openid:params:grant-type:ciba", PrintedTickets.GRANT_TYPE, TestExtensionGrant.TYPE);
    assertThat(texts("grant_types_supported")).allSatisfy(grantType -> {
      RawAnswer answer = RawConnection.exchange(system.edge(),
          RawRequest.token("grant_type", grantType).basic(system.registry().client("service")));
      assertThat(answer.status() == 200 || !answer.text("error").equals("unsupported_grant_type"))
          .as(grantType + ": " + answer).isTrue();
    });
  }

  /** OpenID CIBA Core §4. */
  @Test
  void shouldAdvertiseHowBackchannelAuthenticationsAreAnswered() {
    assertThat(texts("backchannel_token_delivery_modes_supported")).containsExactly("poll", "ping");
    assertThat(metadata().get("backchannel_user_code_parameter_supported").asBoolean()).isTrue();
    assertThat(texts("backchannel_authentication_request_signing_alg_values_supported"))
        .contains("ES256", "PS256", "EdDSA", "RS256").doesNotContain("none", "HS256");
  }

  @Test
  void shouldAdvertiseTheWaysToAuthenticateThatWork() {
    assertThat(texts("token_endpoint_auth_methods_supported"))
        .containsExactlyInAnyOrder("client_secret_basic", "client_secret_post", "none", "private_key_jwt",
            "client_secret_jwt");
    assertThat(texts("revocation_endpoint_auth_methods_supported"))
        .isEqualTo(texts("token_endpoint_auth_methods_supported"));
    assertThat(texts("revocation_endpoint_auth_signing_alg_values_supported"))
        .isEqualTo(texts("token_endpoint_auth_signing_alg_values_supported"));
    assertThat(texts("introspection_endpoint_auth_methods_supported")).containsExactlyInAnyOrder(
        "client_secret_basic", "client_secret_post", "private_key_jwt", "client_secret_jwt");
    assertThat(texts("introspection_endpoint_auth_signing_alg_values_supported"))
        .isEqualTo(texts("token_endpoint_auth_signing_alg_values_supported"));
  }

  @Test
  void shouldAdvertiseTheScopesThatAreRegistered() {
    assertThat(texts("scopes_supported")).contains("openid", "profile", "orders.read", "orders.write", "billing.read");
  }

  @Test
  void shouldAdvertiseTheAlgorithmsThatThereAreKeysFor() {
    List<String> ofKeys = keys().stream().map(key -> key.getAlgorithm().getName()).distinct().toList();

    assertThat(texts("id_token_signing_alg_values_supported")).contains("RS256")
        .containsExactlyInAnyOrderElementsOf(ofKeys);
    assertThat(texts("introspection_signing_alg_values_supported")).containsExactlyInAnyOrderElementsOf(ofKeys);
    assertThat(texts("userinfo_signing_alg_values_supported")).containsExactlyInAnyOrderElementsOf(ofKeys);
    assertThat(texts("code_challenge_methods_supported")).containsExactly("S256");
    assertThat(texts("response_types_supported")).containsExactly("code");
    assertThat(texts("subject_types_supported")).containsExactly("public");
  }

  @Test
  void shouldPublishPublicKeysEachWithACertificateOfTheSameKey() throws Exception {
    assertThat(keys()).hasSizeGreaterThanOrEqualTo(4);
    for (JWK key : keys()) {
      assertThat(key.isPrivate()).as(key.getKeyID()).isFalse();
      assertThat(key.getKeyID()).isNotBlank();
      assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
      assertThat(key.getX509CertChain()).as(key.getKeyID()).isNotEmpty();
      X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(key.getX509CertChain().get(0).decode()));
      certificate.checkValidity();
      // RFC 7517 §4.7: "The key in the first certificate MUST match the public key represented by other members".
      assertThat(certificate.getPublicKey().getEncoded()).as(key.getKeyID()).isEqualTo(encoded(key));
    }
    assertThat(keys().stream().map(JWK::getKeyID)).doesNotHaveDuplicates();
  }

  @Test
  void shouldPublishNothingPrivate() {
    get(JWKS).json().get("keys").forEach(key -> assertThat(key.fieldNames()).toIterable()
        .doesNotContain("d", "p", "q", "dp", "dq", "qi", "oth", "k"));
  }

  // The library makes no Java key of Ed25519; its SubjectPublicKeyInfo is a prefix and the key, RFC 8410 §4.
  private static byte[] encoded(JWK key) throws Exception {
    if (key instanceof com.nimbusds.jose.jwk.OctetKeyPair pair) {
      byte[] prefix = java.util.HexFormat.of().parseHex("302a300506032b6570032100");
      byte[] raw = pair.getX().decode();
      byte[] info = java.util.Arrays.copyOf(prefix, prefix.length + raw.length);
      System.arraycopy(raw, 0, info, prefix.length, raw.length);
      return info;
    }
    return ((AsymmetricJWK) key).toPublicKey().getEncoded();
  }

  private List<JWK> keys() {
    return system.relyingParty().keys().getKeys();
  }

  private JsonNode metadata() {
    return get(OPENID_CONFIGURATION).json();
  }

  private List<String> texts(String member) {
    List<String> texts = new ArrayList<>();
    metadata().get(member).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private RawAnswer get(String path) {
    return RawConnection.exchange(system.edge(), RawRequest.of("GET", path));
  }
}
