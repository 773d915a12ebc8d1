package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.NodeSuite;
import dev.mintlog.fixture.UpProcess;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** oauth4webapi, as a relying party and as an API. */
class Oauth4webapiTest extends NodeRelyingPartyContract {
  Oauth4webapiTest() {
    super("oauth4webapi");
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = NodeSuite.runSource(ClientsDocument.setting("oauth4webapi", up.url()), Map.of(
        "NODE_EXTRA_CA_CERTS", up.authority().file().toString(), "DEMO_SECRET", up.secret("demo-service")));

    assertThat(token.path("scope").asText()).contains("orders.read");
    assertThat(token.path("access_token").asText()).isNotEmpty();
  }

  @Test
  void shouldVerifyAnAccessTokenAsAnApiDoes() {
    JsonNode claims = party("service").withSecret("client_secret_basic").does("resource-server");

    assertThat(claims.path("iss").asText()).isEqualTo(system().publicUrl());
    assertThat(claims.path("client_id").asText()).isEqualTo("service");
    assertThat(claims.path("scope").asText()).isEqualTo("orders.read");
  }

  @Override
  String ofAnUnexpectedStatus() {
    return "\"response\" is not a conform Token Endpoint response (unexpected HTTP status code)";
  }
}
