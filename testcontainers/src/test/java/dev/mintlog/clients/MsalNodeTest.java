package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.LoginApplication;
import dev.mintlog.fixture.UpProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code @azure/msal-node}, which renews tokens as well. */
class MsalNodeTest extends AzureNodeContract {
  MsalNodeTest() {
    super("@azure/msal-node", "msal-node.mjs");
  }

  @Override
  NodeRelyingParty at(NodeRelyingParty application) {
    return application.with("AUTHORITY", application.system().publicUrl() + "/default");
  }

  @Override
  String accessToken(JsonNode outcome) {
    return outcome.path("accessToken").asText();
  }

  @Override
  void assertKnowsTheUser(JsonNode outcome) {
    assertThat(outcome.at("/account/homeAccountId").asText()).isNotEmpty();
    assertThat(outcome.at("/idTokenClaims/oid").asText()).isEqualTo(LoginApplication.SUBJECT);
    assertThat(outcome.at("/account/tenantId").asText()).isNotEmpty();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = fromUp(up, ClientsDocument.setting("msal-node", up.url()));

    assertThat(accessToken(token)).startsWith("eyJ");
  }

  @Test
  void shouldGetATokenAsAnyOpenidClient() {
    for (String authority : List.of("/default", "/default/v2.0")) {
      JsonNode token = application("service").withSecret("client_secret_post")
          .with("AUTHORITY", system().publicUrl() + authority).with("SCOPE", "orders.read").does("as-openid-client");

      assertThat(verified(token).getSubject()).isEqualTo("service");
    }
  }

  @Test
  void shouldGetATokenInTheFormOfAdfs() {
    JsonNode token = application("service").withSecret("client_secret_post")
        .with("AUTHORITY", system().publicUrl() + "/adfs").does("secret");

    assertThat(verified(token).getSubject()).isEqualTo("service");
  }

  @Test
  void shouldRedeemACodeWithASecret() {
    assertSignedIn(withCode("azure-app").withSecret("client_secret_post").does("authorization-code"));
  }

  @Test
  void shouldRenewATokenWithoutTheUser() {
    JsonNode token = withCode("azure-desktop").does("silent");

    assertSignedIn(token);
    assertThat(token.path("isCached").asBoolean()).as("a token that is good is taken out of the cache").isTrue();
    assertThat(token.path("isRenewed").asBoolean()).isTrue();
  }

  @Test
  void shouldSendTheUserBackToSignInWhereTheAuthorizationIsGone() {
    JsonNode refusal = withCode("azure-desktop").isRefused("silent-after-revocation");

    assertThat(refusal.path("name").asText()).isEqualTo("InteractionRequiredAuthError");
  }
}
