package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.UpProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code @azure/identity} on Node.js; more of its managed identities is in {@code ManagedIdentityTest}. */
class AzureIdentityTest extends AzureNodeContract {
  @TempDir
  private Path dir;

  AzureIdentityTest() {
    super("@azure/identity", "azure-identity.mjs");
  }

  @Override
  NodeRelyingParty at(NodeRelyingParty application) {
    return application.with("AZURE_AUTHORITY_HOST", application.system().publicUrl()).with("TENANT", "default");
  }

  @Override
  String accessToken(JsonNode outcome) {
    return outcome.path("token").asText();
  }

  @Override
  void assertKnowsTheUser(JsonNode outcome) {
    assertThat(outcome.path("isCached").asBoolean()).as("it finds the token again").isTrue();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.sharedWithTls();

    JsonNode token = fromUp(up, ClientsDocument.setting("azure-identity", up.url()));

    assertThat(accessToken(token)).startsWith("eyJ");
  }

  @Test
  void shouldKnowWhenATokenEnds() {
    JsonNode token = application("service").withSecret("client_secret_post").does("secret");

    assertThat(Instant.ofEpochMilli(token.path("expiresOnTimestamp").asLong()))
        .isBetween(Instant.now(), verified(token).getExpirationTime().toInstant().plusSeconds(5));
  }

  @Test
  void shouldGetATokenWithACertificateAndItsChain() {
    assertThat(verified(certified().does("certificate-chain")).getSubject()).isEqualTo("certified-signer");
  }

  @Test
  void shouldGetATokenWithTheTokenFileOfAWorkload() throws Exception {
    Path file = Files.writeString(dir.resolve("token"), AzureClients.ofThePlatform(system(), inFiveMinutes()));

    JsonNode token = application("workload").with("ASSERTION_FILE", file.toString()).does("workload-identity");

    assertThat(verified(token).getSubject()).isEqualTo("workload");
  }

  @Test
  void shouldRedeemACode() {
    String code = system().loginApplication().codeWithoutPkce("azure-app", CALLBACK, "scope", OF_USER);

    assertSignedIn(application("azure-app").withSecret("client_secret_post").with("SCOPE", GRAPH).with("CODE", code)
        .with("REDIRECT_URI", CALLBACK).does("authorization-code"));
  }

  /** Where a token is about to end, it is renewed without a word to the user. */
  @Test
  void shouldRenewATokenWithoutTheUser() {
    JsonNode token = application("azure-brief").withConsent(CALLBACK, GRAPH).does("device-code");

    assertThat(token.path("isCached").asBoolean(true)).isFalse();
    assertThat(token.path("prompts").asInt()).as("how often the user was asked").isOne();
    assertThat(system().relyingParty().verified(token.path("renewed").asText()).getSubject())
        .isEqualTo(verified(token).getSubject());
  }
}
