package dev.mintlog.clients.msal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What AzAuth's {@code Get-AzToken} hands to its user: read out of the access token, which therefore has to be a JWT.
 *
 * @param identity {@code upn}, {@code email} or {@code oid}, the first that is there
 */
public record AzToken(String token, List<String> scopes, String tenantId, String identity) {

  /** The scope that it sends: {@code {Resource.TrimEnd('/')}/{Scope}}. */
  public static String scope(String resource, String scope) {
    return resource.replaceAll("/+$", "") + "/" + scope;
  }

  /** @param requested the scopes that it asked for, which it shows where the token has no {@code scp} */
  public static AzToken of(MsalResult result, String... requested) {
    JsonNode claims = MsalResult.claims(result.accessToken());
    String identity = List.of("upn", "email", "oid").stream().map(name -> claims.path(name).asText())
        .filter(value -> !value.isEmpty()).findFirst().orElse("");
    List<String> scopes = claims.has("scp") ? List.of(claims.get("scp").asText().split(" ")) : List.of(requested);
    return new AzToken(result.accessToken(), scopes, claims.path("tid").asText(), identity);
  }
}
