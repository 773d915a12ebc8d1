package dev.mintlog.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.mintlog.clients.powershell.CommandLine;
import dev.mintlog.clients.powershell.PowerShellSession;
import dev.mintlog.clients.powershell.PsOAuthHelper;
import dev.mintlog.fixture.ClientsDocument;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.fixture.UpProcess;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** PSOAuthHelper 0.3.1, and 0.2.5 where it differs, byte by byte, in each PowerShell and with fields in any order. */
@ParameterizedClass(name = "{0}")
@MethodSource("sessions")
class PsOAuthHelperTest {
  private static final String ORDERS = "https://orders.example";
  private static final String ALICE = "248289761001";

  private final RunningSystem system = RunningSystem.shared();
  private final String v1 = system.publicUrl() + "/default/oauth2/token";
  private final PowerShellSession session;
  private final PsOAuthHelper cmdlets;

  PsOAuthHelperTest(PowerShellSession session) {
    this.session = session;
    this.cmdlets = new PsOAuthHelper(session, system.edge());
  }

  static Stream<PowerShellSession> sessions() {
    return PowerShellSession.ofEach();
  }

  @Test
  void shouldGetATokenFromUpWithTheDocumentedSetting() {
    UpProcess up = UpProcess.shared();
    CommandLine call = CommandLine.of(ClientsDocument.setting("psoauthhelper", up.url()),
        Map.of("DEMO_SECRET", up.secret("demo-service")));
    assertThat(call.cmdlet()).isEqualTo("Invoke-ClientCredentialsGrant");

    JsonNode token = granted(cmdlets.invokeClientCredentialsGrant(call.namesAndValues()));

    assertThat(PsOAuthHelper.getBearerToken(token)).startsWith("Bearer eyJ");
    assertThat(PsOAuthHelper.getRemainingMinutes(token)).isPositive();
  }

  @Test
  void shouldGetATokenForAResourceAtAnyEndpoint() {
    for (String uri : new String[] {v1, system.publicUrl() + "/connect/token"}) {
      JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthProviderUri", uri, "-Resource", ORDERS, "-ClientId",
          "service", "-ClientSecret", system.registry().client("service").secret()));

      assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
    }
  }

  @Test
  void shouldGetATokenAtTheFirstVersion() {
    // With a slash that the registered name does not have, and without a scope.
    JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId", "default",
        "-Resource", ORDERS + "/", "-ClientId", "service", "-ClientSecret", system.registry().client("service").secret()));

    assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
    assertThat(PsOAuthHelper.getRemainingMinutes(token)).isBetween(1L, 60L);
    assertThat(token.path("expires_in").isTextual()).isTrue();
    assertThat(token.path("resource").asText()).isEqualTo(ORDERS + "/");
  }

  @Test
  void shouldGetATokenAtTheSecondVersion() {
    JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV2", true, "-TenantId", "default", "-Scope",
        ORDERS + "/.default", "-ClientId", "service", "-ClientSecret", system.registry().client("service").secret()));

    assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
    assertThat(token.path("expires_in").isNumber()).isTrue();
  }

  @Test
  void shouldGetTheScopesOfAResourceThatAreAskedForAtAnyEndpoint() {
    for (String uri : new String[] {v1, system.publicUrl() + "/connect/token"}) {
      JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthProviderUri", uri, "-Resource", ORDERS, "-ClientId",
          "service", "-ClientSecret", system.registry().client("service").secret(), "-Scope", "orders.read orders.write"));

      assertSent("scope=orders.read%20orders.write");
      assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
      assertThat(token.path("scope").asText().split(" ")).containsExactlyInAnyOrder("orders.read", "orders.write");
    }
  }

  @Test
  void shouldGetTheScopesThatAreAskedForAtTheFirstVersion() {
    JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId", "default",
        "-Resource", ORDERS, "-ClientId", "service", "-ClientSecret", system.registry().client("service").secret(), "-Scope",
        "orders.read"));

    assertSent("scope=orders.read");
    assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
    assertThat(token.path("scope").asText()).isEqualTo("orders.read");
    assertThat(PsOAuthHelper.getRemainingMinutes(token)).isBetween(1L, 60L);
  }

  @Test
  void shouldTakeAResourceBesideTheScopeAtTheSecondVersion() {
    for (String scope : new String[] {"https%3A%2F%2Forders.example%2F.default", ".default"}) {
      JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV2", true, "-TenantId", "default",
          "-Resource", ORDERS, "-ClientId", "service", "-ClientSecret", system.registry().client("service").secret(),
          "-Scope", URLDecoder.decode(scope, StandardCharsets.UTF_8)));

      assertSent("scope=" + scope);
      assertThat(bearer(token).getAudience()).containsExactly(ORDERS);
      assertThat(token.path("expires_in").isNumber()).isTrue();
    }
  }

  @Test
  void shouldTakeASecretOfAnyCharacters() {
    for (String client : new String[] {"odd-psauth-argon2", "oddest-psauth-argon2"}) {
      JsonNode token = granted(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId", "default",
          "-Resource", "https://graph.microsoft.com", "-ClientId", client, "-ClientSecret",
          system.registry().client(client).secret()));

      assertThat(bearer(token).getSubject()).isEqualTo(client);
    }
  }

  @Test
  void shouldGetATokenForAPasswordAndRefreshIt() {
    // Given
    JsonNode token = granted(cmdlets.invokePasswordGrant("-AuthProviderUri", v1, "-Resource", ORDERS, "-ClientId",
        "psoauth-till", "-Username", "alice", "-Password", system.registry().password("alice"), "-Scope",
        "openid offline_access"));
    assertThat(bearer(token).getSubject()).isEqualTo(ALICE);
    assertThat(PsOAuthHelper.getRemainingMinutes(token)).isPositive();

    // When
    JsonNode refreshed = granted(cmdlets.invokeRefreshToken("-AuthProviderUri", v1, "-ClientId", "psoauth-till",
        "-RefreshToken", token.path("refresh_token").asText()));
    JsonNode refreshedAgain = granted(cmdlets.invokeRefreshTokenOf025("-AuthProviderUri", v1, "-ClientId", "psoauth-till",
        "-RefreshToken", refreshed.path("refresh_token").asText()));

    // Then
    assertThat(bearer(refreshedAgain).getSubject()).isEqualTo(ALICE);
    assertThat(PsOAuthHelper.getRemainingMinutes(refreshedAgain)).isPositive();
  }

  @Test
  void shouldGetATokenForAzureResourceManagement() {
    JsonNode token = granted(
        cmdlets.invokeAzureResourceManagementGrant("default", "alice", system.registry().password("alice")));

    assertThat(bearer(token).getAudience()).containsExactly("https://management.azure.com/");
    assertThat(bearer(token).getSubject()).isEqualTo(ALICE);
  }

  // What its user reads when something is wrong: on the host, for nothing comes back

  @Test
  void shouldSayThatASecretIsWrong() {
    refused(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId", "default", "-Resource", ORDERS,
        "-ClientId", "service", "-ClientSecret", "not-it"), "invalid_client");
  }

  @Test
  void shouldSayThatAScopeIsUnknown() {
    refused(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV2", true, "-TenantId", "default", "-Scope", "nonsense",
        "-ClientId", "service", "-ClientSecret", system.registry().client("service").secret()), "invalid_scope");
  }

  @Test
  void shouldSayThatAResourceIsUnknown() {
    refused(cmdlets.invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId", "default", "-Resource",
        "https://www.superfantasticservername.com", "-ClientId", "service", "-ClientSecret",
        system.registry().client("service").secret()), "invalid_target");
  }

  @Test
  void shouldSayThatAPasswordIsWrong() {
    refused(cmdlets.invokePasswordGrant("-AuthProviderUri", v1, "-Resource", ORDERS, "-ClientId", "psoauth-till",
        "-Username", "nobody", "-Password", "not-it"), "invalid_grant");
  }

  @Test
  void shouldSayThatTheLogIsDown() {
    RunningSystem withoutLog = RunningSystem.sharedWithoutItsLog();

    refused(new PsOAuthHelper(session, withoutLog.edge()).invokeClientCredentialsGrant("-AuthEndpointV1", true, "-TenantId",
        "default", "-Resource", ORDERS, "-ClientId", "service", "-ClientSecret",
        withoutLog.registry().client("service").secret()), "temporarily_unavailable");
  }

  /** The whole form of {@code service} for {@link #ORDERS}: these fields, in any order. */
  private void assertSent(String scope) {
    assertThat(session.lastForm()).containsExactlyInAnyOrder("grant_type=client_credentials",
        "resource=https%3A%2F%2Forders.example", "client_id=service",
        "client_secret=" + system.registry().client("service").secret(), scope);
  }

  private void refused(Optional<JsonNode> result, String error) {
    assertThat(result).isEmpty();
    assertThat(session.lastOnHost().error()).isEqualTo(error);
    assertThat(session.lastOnHost().description()).isNotBlank();
  }

  private JsonNode granted(Optional<JsonNode> result) {
    return result.orElseThrow(() -> new AssertionError("expected a token, but found " + session.lastOnHost().getMessage()));
  }

  private JWTClaimsSet bearer(JsonNode token) {
    return system.relyingParty().verified(PsOAuthHelper.getBearerToken(token).substring("Bearer ".length()));
  }
}
