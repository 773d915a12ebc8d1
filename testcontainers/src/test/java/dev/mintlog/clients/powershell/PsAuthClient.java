package dev.mintlog.clients.powershell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The cmdlets of PSAuthClient that speak to token and device authorization endpoint, parameter by parameter. */
public final class PsAuthClient {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final PowerShellSession session;

  public PsAuthClient(PowerShellSession session) {
    this.session = session;
  }

  /**
   * {@code Invoke-OAuth2TokenEndpoint}.
   *
   * @param namesAndValues as they are typed; {@code -client_certificate} a certificate with its key or an RSA key
   * @return the answer with {@code expiry_datetime}
   * @throws CmdletException what its user sees where it is refused
   */
  public JsonNode invokeOAuth2TokenEndpoint(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    Map<String, String> headers = new HashMap<>(Map.of("Content-Type", FORM));
    if (parameters.get("customHeaders") instanceof Map<?, ?> custom) {
      custom.forEach((name, value) -> headers.put((String) name, (String) value));
    }
    Map<String, String> body = new HashMap<>();
    parameters.into(body, "client_id", "redirect_uri", "scope");
    grant(parameters, body);
    authenticate(parameters, headers, body);
    return read(parameters, session.post(URI.create(parameters.text("uri")), headers, body));
  }

  /** {@code Invoke-OAuth2DeviceAuthorizationEndpoint}; the same, but for what its user is warned with. */
  public JsonNode invokeOAuth2DeviceAuthorizationEndpoint(Object... namesAndValues) {
    Parameters parameters = Parameters.of(namesAndValues);
    Map<String, String> body = new HashMap<>();
    parameters.into(body, "client_id", "scope");
    return session.invokeRestMethod(URI.create(parameters.text("uri")), body);
  }

  // In the cmdlet's order of precedence. Where nothing fits, no grant_type goes out at all.
  private static void grant(Parameters parameters, Map<String, String> body) {
    boolean isConfidential = parameters.has("client_secret") || parameters.has("client_certificate");
    if (isConfidential && !parameters.has("code") && !parameters.has("refresh_token")) {
      body.put("grant_type", "client_credentials");
    } else if (parameters.has("code")) {
      body.put("grant_type", "authorization_code");
      parameters.into(body, "code", "code_verifier");
    } else if (parameters.has("device_code")) {
      body.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
      parameters.into(body, "device_code");
    } else if (parameters.has("jwtAssertion")) {
      body.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
      body.put("assertion", parameters.text("jwtAssertion"));
    } else if (parameters.has("refresh_token")) {
      body.put("grant_type", "refresh_token");
      parameters.into(body, "refresh_token");
    }
  }

  private void authenticate(Parameters parameters, Map<String, String> headers, Map<String, String> body) {
    String method = parameters.has("client_auth_method") ? parameters.text("client_auth_method") : "client_secret_post";
    String clientId = parameters.text("client_id");
    if (parameters.has("client_secret")) {
      String secret = parameters.text("client_secret");
      switch (method) {
        // Neither part is form-encoded, which RFC 6749 §2.3.1 asks for.
        case "client_secret_basic" -> headers.put("Authorization", "Basic "
            + Base64.getEncoder().encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8)));
        case "client_secret_post" -> body.put("client_secret", secret);
        default -> body.put("client_assertion", assertion(parameters).ofSecret(secret));
      }
    } else if (parameters.has("client_certificate")) {
      body.put("client_assertion", assertion(parameters).ofCertificate(parameters.get("client_certificate")));
    }
    if (parameters.has("client_certificate") || method.equals("client_secret_jwt")) {
      body.put("client_assertion_type", JWT_BEARER);
    }
  }

  private PsJwtAssertion assertion(Parameters parameters) {
    String clientId = parameters.text("client_id");
    return new PsJwtAssertion(session, clientId, clientId, parameters.text("uri"));
  }

  private static JsonNode read(Parameters parameters, JsonNode response) {
    if (parameters.has("nonce") && response.has("id_token")) {
      String nonce = JsonWebTokens.convertFromJsonWebToken(response.get("id_token").asText()).path("nonce").asText();
      // -ne: in any case.
      if (!nonce.equalsIgnoreCase(parameters.text("nonce"))) {
        throw new AssertionError("id_token nonce mismatch: expected " + parameters.text("nonce") + ", got " + nonce);
      }
    }
    if (response.has("expires_in")) {
      // AddSeconds takes a number; a text that is none ends the cmdlet.
      Instant expiry = Instant.now().plusSeconds(Long.parseLong(response.get("expires_in").asText()));
      ((ObjectNode) response).put("expiry_datetime", expiry.toString());
    }
    return response;
  }
}
