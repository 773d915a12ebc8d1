package dev.mintlog.clients;

import static dev.mintlog.clients.PsAuthClients.NATIVE_CLIENT;
import static dev.mintlog.clients.PsAuthClients.SCOPE;
import static dev.mintlog.clients.PsAuthClients.SECRET_METHODS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.clients.powershell.CmdletException;
import dev.mintlog.clients.powershell.PowerShellSession;
import dev.mintlog.clients.powershell.PsAuthClient;
import dev.mintlog.fixture.Pkce;
import dev.mintlog.fixture.RunningSystem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The acceptance tests of PSAuthClient's authors, as far as no browser is in them: byte by byte, in each PowerShell, at the
 * plain endpoints and at those of Entra ID, which the authors have.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("sessionsAndEndpoints")
class PsAuthClientAcceptanceTest {
  private final RunningSystem system = RunningSystem.shared();
  private final PsAuthClients clients = new PsAuthClients(system);
  private final Endpoints endpoints;
  private final String tokenEndpoint;
  private final PsAuthClient cmdlets;

  PsAuthClientAcceptanceTest(PowerShellSession session, Endpoints endpoints) {
    this.endpoints = endpoints;
    this.tokenEndpoint = system.publicUrl() + endpoints.token;
    this.cmdlets = new PsAuthClient(session);
  }

  static Stream<Arguments> sessionsAndEndpoints() {
    return PowerShellSession.ofEach()
        .flatMap(session -> Stream.of(Endpoints.values()).map(endpoints -> Arguments.of(session, endpoints)));
  }

  @Test
  void shouldRedeemACodeWithPkce() {
    Pkce pkce = Pkce.random();
    String code = clients.code("psauth-native", pkce, "nonce", "Zm9yIHRoaXMgc2lnbi1pbg");

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", code, "-code_verifier", pkce.verifier(), "-nonce",
        "Zm9yIHRoaXMgc2lnbi1pbg", "-customHeaders", Map.of("User-Agent", "PSAuthClient/1.2.0"));

    clients.assertOidcTokens(token);
  }

  /** {@code -usePkce:$false} of a public client, which is registered with {@code requirePkce: false}. */
  @Test
  void shouldRedeemACodeOfAPublicClientWithoutPkce() {
    String code = system.loginApplication().codeWithoutPkce("psauth-plain", NATIVE_CLIENT, "scope", SCOPE, "nonce",
        "123456");

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-plain", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", code, "-nonce", "123456");

    clients.assertOidcTokens(token);
  }

  @Test
  void shouldRedeemACodeWithoutPkce() {
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-redirect_uri",
        NATIVE_CLIENT, "-scope", SCOPE, "-code", clients.codeWithoutPkce("psauth-app"), "-client_secret",
        clients.secret("psauth-app"));

    clients.assertOidcTokens(token);
  }

  @Test
  void shouldRedeemACodeWithPkceAndASecret() {
    Pkce pkce = Pkce.random();
    String code = clients.code("psauth-app", pkce);

    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-app", "-redirect_uri",
        NATIVE_CLIENT, "-code", code, "-code_verifier", pkce.verifier(), "-client_secret",
        clients.secret("psauth-app"));

    clients.assertOidcTokens(token);
  }

  @Test
  void shouldRefreshWithTheNonceOfTheSignIn() {
    // Given a verifier with every character that one may have
    Pkce pkce = Pkce.of("8NeBSoR~K2yhd-Pz_mV~XX8qjGTRGQ5Wu9WFpM5CpN8o72ib3jfGyB-z9PoGJUF.xg9p-V");
    JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-native", "-redirect_uri",
        NATIVE_CLIENT, "-code", clients.code("psauth-native", pkce, "nonce", "123456"), "-code_verifier",
        pkce.verifier());

    // When
    JsonNode refreshed = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-refresh_token",
        token.path("refresh_token").asText(), "-client_id", "psauth-native", "-scope", SCOPE, "-nonce", "123456");

    // Then
    clients.assertOidcTokens(refreshed);
    assertThat(refreshed.path("refresh_token").asText()).isNotEqualTo(token.path("refresh_token").asText());
  }

  @Test
  void shouldAskForADeviceAndRedeemItsCode() {
    // Given
    JsonNode device = cmdlets.invokeOAuth2DeviceAuthorizationEndpoint("-uri", system.publicUrl() + endpoints.device,
        "-client_id", "psauth-native", "-scope", SCOPE);
    assertThat(device.path("device_code").asText()).isNotEmpty();
    assertThat(device.path("verification_uri").asText()).isNotEmpty();
    assertThat(device.path("expires_in").asLong()).isGreaterThan(60);
    assertThat(device.path("message").asText()).contains(device.path("user_code").asText());
    assertThat(device.path("interval").isNumber()).isTrue();

    // When it polls before the user has approved
    CmdletException pending = catchThrowableOfType(CmdletException.class, () -> poll(device));
    system.loginApplication().approve(device.path("user_code").asText());

    // Then
    assertThat(pending.error()).isEqualTo("authorization_pending");
    clients.assertOidcTokens(poll(device));
  }

  @Test
  void shouldGetClientCredentialsWithEachMethod() {
    for (String scope : endpoints.scopesOfClients) {
      for (String method : SECRET_METHODS) {
        String client = PsAuthClients.clientOf(method);
        JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", client, "-scope", scope,
            "-redirect_uri", NATIVE_CLIENT, "-client_secret", clients.secret(client), "-client_auth_method", method);

        clients.assertClientCredentials(token, client);
      }
    }
  }

  @Test
  void shouldGetClientCredentialsWithACertificate() {
    for (String scope : endpoints.scopesOfClients) {
      JsonNode token = cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-client_id", "psauth-certified", "-scope",
          scope, "-redirect_uri", NATIVE_CLIENT, "-client_certificate", clients.keys().certificate());

      clients.assertClientCredentials(token, "psauth-certified");
    }
  }

  private JsonNode poll(JsonNode device) {
    return cmdlets.invokeOAuth2TokenEndpoint("-uri", tokenEndpoint, "-device_code", device.path("device_code").asText(),
        "-client_id", "psauth-native");
  }

  /** What {@code -uri} is. */
  enum Endpoints {
    PLAIN("/connect/token", "/connect/deviceauthorization", "user.read"),
    /** As its authors have it. {@code .default} means something only here. */
    ENTRA_STYLE("/default/oauth2/v2.0/token", "/default/oauth2/v2.0/devicecode", ".default",
        "https://graph.microsoft.com/.default");

    private final String token;
    private final String device;
    private final List<String> scopesOfClients;

    Endpoints(String token, String device, String... scopesOfClients) {
      this.token = token;
      this.device = device;
      this.scopesOfClients = List.of(scopesOfClients);
    }
  }
}
