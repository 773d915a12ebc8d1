package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.UpProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** openid-client 6, a certified relying party. */
class OpenidClientTest extends NodeRelyingPartyContract {
  OpenidClientTest() {
    super("openid-client");
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = NodeSuite.runSource(ClientsDocument.setting("openid-client", up.url()), Map.of(
        "NODE_EXTRA_CA_CERTS", up.authority().file().toString(), "DEMO_SECRET", up.secret("demo-service")));

    assertThat(token.path("scope").asText()).contains("orders.read");
    assertThat(token.path("access_token").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"sealed-rsa, RSA-OAEP-256", "sealed-ec, ECDH-ES"})
  void shouldDecryptItsIdTokens(String clientId, String algorithm) {
    JsonNode tokens = party(clientId).withSecret("client_secret_basic").withConsent(SEALED, ALL)
        .with("DECRYPTION_KEY", system().registry().decryptionKey(clientId).toJSONString())
        .with("DECRYPTION_ALGORITHM", algorithm).does("encrypted");

    assertThat(tokens.at("/id_token").asText().split("\\.")).as("a JWE").hasSize(5);
    assertThat(tokens.at("/claims/sub").asText()).isEqualTo(LoginApplication.SUBJECT);
  }

  @Test
  void shouldReadTheUsersClaimsOutOfASignedAnswer() {
    JsonNode user = party("people-signed").withSecret("client_secret_basic").with("SIGNED_WITH", "ES256")
        .withConsent(PEOPLE, "openid email").does("signed-userinfo");

    assertThat(user.path("email").asText()).isEqualTo("alice@example.org");
  }

  @Override
  String ofAnUnexpectedStatus() {
    return "unexpected HTTP response status code";
  }
}
