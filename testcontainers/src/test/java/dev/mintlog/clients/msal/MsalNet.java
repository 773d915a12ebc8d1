package dev.mintlog.clients.msal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.fixture.RawAnswer;
import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * MSAL.NET 4.8x: one application at one authority, of which it knows the endpoints by heart.
 *
 * @param host {@code AZURE_AUTHORITY_HOST}
 * @param tenant the first segment of every path; {@code adfs} for the endpoints of AD FS
 */
public record MsalNet(URI host, String tenant, String clientId) {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> ANY_TENANT = Set.of("common", "organizations");
  private static final String TRUSTED_REALM = "http://schemas.microsoft.com/rel/trusted-realm";
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  /** What it asks for beside the scopes of the application wherever a user signs in. */
  private static final String OF_USERS = " offline_access profile openid";

  /** {@code AcquireTokenForClient} with a secret. */
  public MsalResult forClient(String secret, String scope, String... claims) {
    return token(Optional.empty(), fields(with(claims, "client_id", clientId, "client_secret", secret, "scope", scope,
        "grant_type", "client_credentials", "client_info", "2")));
  }

  /** {@code AcquireTokenForClient} with an assertion: its own of a certificate, or what {@code WithClientAssertion} gave it. */
  public MsalResult forClientByAssertion(String assertion, String scope) {
    return token(Optional.empty(), fields("client_id", clientId, "client_assertion_type", JWT_BEARER, "client_assertion",
        assertion, "scope", scope, "grant_type", "client_credentials", "client_info", "2"));
  }

  /** The first leg of {@code AcquireTokenWithDeviceCode}: the answer as it is, 200 or not. */
  public JsonNode deviceCode(String scope, String... claims) {
    RawAnswer answer = post(isAdfs() ? "/adfs/oauth2/devicecode" : "/" + tenant + "/oauth2/v2.0/devicecode",
        Optional.empty(), fields(with(claims, "client_id", clientId, "scope", scope + OF_USERS)));
    return MsalResult.readable(host, answer).json();
  }

  /** One poll of {@code AcquireTokenWithDeviceCode}. Its grant type is not the URN. */
  public MsalResult pollDevice(String deviceCode, String scope, String... claims) {
    return token(Optional.empty(), fields(with(claims, "grant_type", "device_code", "device_code", deviceCode, "client_id",
        clientId, "scope", scope + OF_USERS, "client_info", "1")));
  }

  /** {@code AcquireTokenInteractive}, after the browser. */
  public MsalResult redeem(String code, String redirectUri, String verifier, String scope, String... claims) {
    return token(Optional.empty(), fields(with(claims, "client_info", "1", "grant_type", "authorization_code", "code", code,
        "redirect_uri", redirectUri, "code_verifier", verifier, "client_id", clientId, "scope", scope + OF_USERS)));
  }

  /** {@code AcquireTokenSilent} with a refresh token in its cache: where it was told no tenant, at that of the account. */
  public MsalResult refresh(MsalResult cached, String scope) {
    return ofAccount(cached).token(cached.homeAccount().map(account -> "oid:" + account.replace('.', '@')),
        fields("grant_type", "refresh_token", "refresh_token", cached.refreshToken(), "client_id", clientId, "scope",
            scope + OF_USERS, "client_info", "1"));
  }

  private MsalNet ofAccount(MsalResult cached) {
    return ANY_TENANT.contains(tenant)
        ? cached.homeTenant().map(home -> new MsalNet(host, home, clientId)).orElse(this) : this;
  }

  /** {@code AcquireTokenByUsernamePassword}: first it asks what kind of account that is. */
  public MsalResult byUsernamePassword(String username, String password, String scope) {
    JsonNode realm = MsalResult.readable(host, get(
        "/common/UserRealm/" + URLEncoder.encode(username, StandardCharsets.UTF_8) + "?api-version=1.0")).json();
    if (!realm.path("account_type").asText().equals("Managed")) {
      throw new AssertionError("expected a managed account, but found " + realm);
    }
    return token(Optional.of("UPN:" + username), fields("client_id", clientId, "grant_type", "password", "username", username,
        "password", password, "scope", scope + OF_USERS, "client_info", "1"));
  }

  /**
   * Instance discovery, which {@code login.microsoftonline.com} is asked for by a host that MSAL.NET does not know.
   *
   * @param microsoftOnline where DNS leads that name to; the port is that of the host
   * @return where it goes from there: the host with the preferred network in its place
   */
  public MsalNet afterInstanceDiscovery(URI microsoftOnline) {
    String authorize = host + "/" + tenant + "/oauth2/v2.0/authorize";
    JsonNode answer = MsalResult.readable(microsoftOnline, get(microsoftOnline, "login.microsoftonline.com:" + microsoftOnline.getPort(),
        "/common/discovery/instance?api-version=1.1&authorization_endpoint="
            + URLEncoder.encode(authorize, StandardCharsets.UTF_8))).json();
    // tenant_discovery_endpoint counts as the proof that the authority is one.
    if (answer.path("tenant_discovery_endpoint").asText().isEmpty()) {
      throw new AssertionError("expected a tenant_discovery_endpoint, but found " + answer);
    }
    for (JsonNode entry : answer.path("metadata")) {
      for (JsonNode alias : entry.path("aliases")) {
        if (alias.asText().equals(host.getHost())) {
          return new MsalNet(atHost(entry.path("preferred_network").asText()), tenant, clientId);
        }
      }
    }
    return this;
  }

  // new UriBuilder(authority) { Host = ... }.Uri: the port stays, and another in the host is a UriFormatException.
  private URI atHost(String preferredHost) {
    if (preferredHost.contains(":")) {
      throw new AssertionError("expected a host without a port, but found " + preferredHost);
    }
    return URI.create(host.getScheme() + "://" + preferredHost + (host.getPort() < 0 ? "" : ":" + host.getPort()));
  }

  /**
   * What goes before all else with an ADFS: it asks the host, at port 443, whether that is a trusted realm.
   *
   * @param atDefaultPort where that port of the host leads to
   */
  public MsalNet afterAdfsValidation(URI atDefaultPort) {
    String resource = "https://" + host.getHost();
    RawAnswer answer = get(atDefaultPort, host.getHost(), "/.well-known/webfinger?rel=" + TRUSTED_REALM + "&resource="
        + resource);
    if (answer.status() != 200) {
      throw new MsalException(MsalException.Kind.SERVICE, "invalid_authority", "Authority validation failed. ");
    }
    for (JsonNode link : answer.json().path("links")) {
      if (link.path("rel").asText().equalsIgnoreCase(TRUSTED_REALM) && link.path("href").asText().equals(resource)) {
        return this;
      }
    }
    throw new MsalException(MsalException.Kind.SERVICE, "invalid_authority", "invalid authority");
  }

  /** The URL that its own assertions are for. */
  public String tokenEndpoint() {
    return host + tokenPath();
  }

  boolean isAdfs() {
    return tenant.equals("adfs");
  }

  private String tokenPath() {
    return isAdfs() ? "/adfs/oauth2/token" : "/" + tenant + "/oauth2/v2.0/token";
  }

  private MsalResult token(Optional<String> mailbox, Map<String, String> fields) {
    return MsalResult.read(URI.create(tokenEndpoint()), post(tokenPath(), mailbox, fields));
  }

  private RawAnswer get(String target) {
    return get(host, host.getAuthority(), target);
  }

  private static RawAnswer get(URI server, String name, String target) {
    List<String> head = new ArrayList<>(List.of("Host: " + name));
    head.addAll(telemetry(UUID.randomUUID()));
    return RawConnection.exchange(server, new RawRequest("GET", target, head, new byte[0]));
  }

  private RawAnswer post(String path, Optional<String> mailbox, Map<String, String> fields) {
    UUID request = UUID.randomUUID();
    List<String> head = new ArrayList<>(List.of("Host: " + host.getAuthority()));
    head.addAll(telemetry(request));
    mailbox.ifPresent(found -> head.add("x-anchormailbox: " + found));
    head.add("Content-Type: " + FORM);
    RawRequest post = new RawRequest("POST", path, head, formUrlEncoded(fields).getBytes(StandardCharsets.US_ASCII));
    RawAnswer answer = RawConnection.exchange(host, post);
    // It compares and only logs; here it counts.
    if (answer.status() < 500 && !answer.header("client-request-id").equals(Optional.of(request.toString()))) {
      throw new AssertionError("expected the client-request-id " + request + " again, but found " + answer);
    }
    return answer;
  }

  private static List<String> telemetry(UUID request) {
    return List.of("x-client-SKU: MSAL.NetCore", "x-client-Ver: 4.83.1.0", "x-client-OS: Debian GNU/Linux 12 (bookworm)",
        "client-request-id: " + request, "return-client-request-id: true", "x-client-current-telemetry: 5|1004,2,,,|0,1,1",
        "x-client-last-telemetry: 5|0|||", "x-ms-lib-capability: retry-after, h429",
        "User-Agent: azsdk-net-Identity/1.21.0 (.NET 8.0.11; Debian GNU/Linux 12 (bookworm))",
        "x-ms-client-request-id: " + UUID.randomUUID());
  }

  /** {@code FormUrlEncodedContent}. */
  private static String formUrlEncoded(Map<String, String> fields) {
    return fields.entrySet().stream().map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  // Uri.EscapeDataString with + for a blank; Java's leaves the asterisk and escapes the tilde.
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("*", "%2A").replace("%7E", "~");
  }

  private static Map<String, String> fields(String... namesAndValues) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }

  private static String[] with(String[] more, String... first) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
