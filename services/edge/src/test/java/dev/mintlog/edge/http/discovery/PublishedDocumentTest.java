package dev.mintlog.edge.http.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.mintlog.edge.TestRegistry;
import dev.mintlog.edge.http.ServedEdge;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedDocumentTest {
  @AutoClose
  private final ServedEdge edge = new ServedEdge();

  @ParameterizedTest
  @ValueSource(strings = {"/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"})
  void shouldDescribeTheIssuer(String path) throws Exception {
    HttpResponse<String> response = get(path);

    JsonObject metadata = new JsonObject(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(metadata.getString("issuer")).isEqualTo(TestRegistry.ISSUER);
    assertThat(metadata.getString("token_endpoint")).isEqualTo(TestRegistry.ISSUER + "/connect/token");
    assertThat(metadata.getString("jwks_uri")).isEqualTo(TestRegistry.ISSUER + "/.well-known/jwks.json");
    assertThat(metadata.getString("device_authorization_endpoint"))
        .isEqualTo(TestRegistry.ISSUER + "/connect/deviceauthorization");
    assertThat(texts(metadata, "grant_types_supported")).containsExactlyInAnyOrder("authorization_code",
        "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code",
        "urn:ietf:params:oauth:grant-type:token-exchange", "urn:ietf:params:oauth:grant-type:jwt-bearer", "password",
        "urn:openid:params:grant-type:ciba");
    assertThat(texts(metadata, "token_endpoint_auth_methods_supported"))
        .containsExactly("client_secret_basic", "client_secret_post", "none",
            "private_key_jwt", "client_secret_jwt");
    assertThat(texts(metadata, "code_challenge_methods_supported")).containsExactly("S256");
    assertThat(texts(metadata, "id_token_signing_alg_values_supported"))
        .containsExactlyInAnyOrder("RS256", "PS256", "ES256", "EdDSA");
    assertThat(texts(metadata, "scopes_supported")).contains("openid", "offline_access", "api.read");
    assertThat(metadata.containsKey("authorization_endpoint")).isFalse();
  }

  @Test
  void shouldServePublicKeysWithCertificatesAndNothingPrivate() throws Exception {
    HttpResponse<String> response = get("/.well-known/jwks.json");

    JWKSet keys = JWKSet.parse(response.body());
    assertThat(keys.getKeys()).hasSize(4).allSatisfy(key -> {
      assertThat(key.isPrivate()).isFalse();
      assertThat(key.getX509CertChain()).hasSize(1);
      assertThat(key.getKeyID()).isNotBlank();
      assertThat(key.getAlgorithm()).isNotNull();
    });
    assertThat(keys.getKeys()).extracting(JWK::getKeyID).doesNotHaveDuplicates();
    assertThat(response.headers().firstValue("Cache-Control").orElse("")).matches("public, max-age=\\d+");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
  }

  @Test
  void shouldServeTheSameBytesAgain() throws Exception {
    assertThat(get("/.well-known/jwks.json").body()).isEqualTo(get("/.well-known/jwks.json").body());
  }

  @Test
  void shouldAnswerHeadWithoutBody() throws Exception {
    HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.url("/.well-known/jwks.json"))
        .method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void shouldRefuseOtherMethods() throws Exception {
    HttpResponse<String> response = edge.now(HttpRequest.newBuilder(edge.url("/.well-known/jwks.json"))
        .POST(BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return edge.now(HttpRequest.newBuilder(edge.url(path)));
  }

  private static List<String> texts(JsonObject json, String name) {
    return json.getJsonArray(name).stream().map(String.class::cast).toList();
  }
}
