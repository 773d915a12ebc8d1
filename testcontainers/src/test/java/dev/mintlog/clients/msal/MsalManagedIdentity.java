package dev.mintlog.clients.msal;

import dev.mintlog.fixture.RawConnection;
import dev.mintlog.fixture.RawRequest;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Managed identities of MSAL.NET: the metadata service of the host, or what App Service puts beside a workload.
 *
 * @param header the one that says that the caller may ask
 */
public record MsalManagedIdentity(URI server, String path, String version, String header, Optional<String> clientId) {

  /** {@code AZURE_POD_IDENTITY_AUTHORITY_HOST}. */
  public static MsalManagedIdentity ofHost(URI host) {
    return new MsalManagedIdentity(
        host, "/metadata/identity/oauth2/token", "2018-02-01", "Metadata: true", Optional.empty());
  }

  /** {@code IDENTITY_ENDPOINT} and {@code IDENTITY_HEADER}, for an identity of the user's choice. */
  public static MsalManagedIdentity ofAppService(URI endpoint, String secret, String clientId) {
    return new MsalManagedIdentity(
        endpoint, endpoint.getPath(), "2019-08-01", "X-IDENTITY-HEADER: " + secret, Optional.of(clientId));
  }

  public MsalResult forResource(String resource) {
    String target = path + "?api-version=" + version + "&resource=" + URLEncoder.encode(resource, StandardCharsets.UTF_8)
        + clientId.map(id -> "&client_id=" + id).orElse("");
    MsalResult result = new MsalResult(MsalResult.readable(server.resolve(path), RawConnection.exchange(server,
        new RawRequest("GET", target, List.of("Host: " + server.getAuthority(), header), new byte[0]))).json());
    // Seconds since 1970, as a text or a number; expires_in it does not need.
    if (Long.parseLong(result.json().path("expires_on").asText()) <= Instant.now().getEpochSecond()) {
      throw new AssertionError("expected expires_on in the future, but found " + result.json());
    }
    return result;
  }
}
