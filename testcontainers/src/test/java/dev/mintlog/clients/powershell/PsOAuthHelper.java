package dev.mintlog.clients.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The cmdlets of PSOAuthHelper. Those that name no endpoint ask {@code login.microsoftonline.com}, which a hosts file leads to
 * the system under test.
 */
public final class PsOAuthHelper {
  private static final Map<String, String> FORM = Map.of("Content-Type", "application/x-www-form-urlencoded");
  private static final String AZURE_POWERSHELL = "1950a258-227b-4e31-a9cf-717495945fc2";

  private final PowerShellSession session;
  private final URI microsoftOnline;

  /** @param microsoftOnline who answers under that name here */
  public PsOAuthHelper(PowerShellSession session, URI microsoftOnline) {
    this.session = session;
    this.microsoftOnline = microsoftOnline;
  }

  /** {@code Invoke-ClientCredentialsGrant}: {@code -AuthProviderUri}, or {@code -TenantId} with one of the two switches. */
  public Optional<JsonNode> invokeClientCredentialsGrant(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    String path = parameters.has("AuthEndpointV1") ? "/oauth2/token" : "/oauth2/v2.0/token";
    String uri = parameters.has("AuthProviderUri") ? parameters.text("AuthProviderUri")
        : microsoftOnline + "/" + parameters.text("TenantId") + path;
    return invokeAuthorization(uri, "client_credentials", parameters);
  }

  /** {@code Invoke-PasswordGrant}; its v1 and v2 fail before they ask anybody. */
  public Optional<JsonNode> invokePasswordGrant(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    return invokeAuthorization(parameters.text("AuthProviderUri"), "password", parameters);
  }

  /** {@code Invoke-RefreshToken}. */
  public Optional<JsonNode> invokeRefreshToken(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    return invokeAuthorization(parameters.text("AuthProviderUri"), "refresh_token", parameters);
  }

  /** {@code Invoke-RefreshToken} of version 0.2.5: an empty resource, and another encoding. */
  public Optional<JsonNode> invokeRefreshTokenOf025(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    Map<String, String> body = new HashMap<>();
    body.put("grant_type", "refresh_token");
    body.put("resource", "");
    body.put("client_id", parameters.text("ClientId"));
    body.put("refresh_token", parameters.text("RefreshToken"));
    return send(parameters.text("AuthProviderUri"), body, PowerShell::httpUtilityUrlEncode);
  }

  /** {@code Invoke-AzureResourceManagementGrant}: as the client that Azure PowerShell is. */
  public Optional<JsonNode> invokeAzureResourceManagementGrant(String tenantName, String username, String password) {
    return invokeAuthorization(microsoftOnline + "/" + tenantName + "/oauth2/token", "password",
        Parameters.of("-Resource", "https://management.azure.com", "-ClientId", AZURE_POWERSHELL, "-Username", username,
            "-Password", password, "-Scope", "openid"));
  }

  /** {@code Get-BearerToken}. */
  public static String getBearerToken(JsonNode inputObject) {
    return "Bearer " + inputObject.path("access_token").asText();
  }

  /** {@code Get-RemainingMinutes}: {@code [long]$InputObject.expires_on}, a number or a text; nothing is 0. */
  public static long getRemainingMinutes(JsonNode inputObject) {
    String expiresOn = inputObject.path("expires_on").asText();
    long seconds = (expiresOn.isEmpty() ? 0 : Long.parseLong(expiresOn)) - Instant.now().getEpochSecond();
    return Math.round(seconds / 60.0);
  }

  private Optional<JsonNode> invokeAuthorization(String uri, String grantType, Parameters parameters) {
    Map<String, String> body = new HashMap<>();
    body.put("grant_type", grantType);
    Map.of("Resource", "resource", "ClientId", "client_id", "ClientSecret", "client_secret", "Username", "username",
        "Password", "password", "Scope", "scope", "RefreshToken", "refresh_token").forEach((parameter, field) -> {
          if (parameters.has(parameter)) {
            body.put(field, parameters.text(parameter));
          }
        });
    return send(uri, body, PowerShell::escapeDataString);
  }

  // What is refused is written to the host, and nothing comes back.
  private Optional<JsonNode> send(String uri, Map<String, String> body, Encoding encoding) {
    String form = session.enumerated(body).stream()
        .map(field -> field.getKey() + "=" + encoding.of(session.edition(), field.getValue()))
        .collect(Collectors.joining("&"));
    try {
      return Optional.of(session.post(URI.create(uri), FORM, form));
    } catch (CmdletException e) {
      session.writeHost(e);
      return Optional.empty();
    }
  }

  private interface Encoding {
    String of(PowerShell edition, String value);
  }
}
