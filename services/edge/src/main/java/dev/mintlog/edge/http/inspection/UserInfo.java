package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.Consent;
import dev.mintlog.client.ClaimValues;
import dev.mintlog.client.Scopes;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.text.ClaimsText;
import dev.mintlog.registry.tenant.RegisteredUser;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is told of a user, OpenID Connect Core §5.3.2: the subject, and of the standard claims those that the scopes of the
 * access token ask for; and what the authorization request asked for by the claims parameter, §5.5. What the login
 * application vouched for at the consent counts before what is registered.
 */
public final class UserInfo {
  /** OpenID Connect Core §5.4. */
  private static final Map<String, List<String>> CLAIMS_BY_SCOPE = claimsByScope();

  private UserInfo() {}

  /** Names of all claims that it may tell, beside {@code sub}. */
  public static List<String> claimNames() {
    return CLAIMS_BY_SCOPE.values().stream().flatMap(List::stream).toList();
  }

  /** @param authorization what the token was issued on, where it was on one */
  static JsonObject of(RegistrySnapshot registry, String tenant, AccessToken token,
      Optional<Authorization> authorization) {
    List<String> wanted = wanted(token.scopes());
    ClaimValues vouched = authorization.map(Authorization::state).flatMap(AuthorizationState::consentGiven)
        .flatMap(Consent::claims).map(claims -> ClaimsText.some(claims.json(), wanted)).orElse(ClaimValues.NONE);
    ClaimValues registered = registry.subject(tenant, token.subject()).map(RegisteredUser::claims).map(ClaimsText::of)
        .orElse(ClaimValues.NONE).only(wanted);
    ClaimValues requested = authorization.map(Authorization::state).flatMap(AuthorizationState::consentGiven)
        // An exchanged token is another client's: what its first owner asked for is not told to it.
        .filter(consent -> consent.clientId().equals(token.clientId()))
        .map(Consent::userInfoClaims).orElse(ClaimValues.NONE);
    // OpenID Connect Core §5.3.2: "The sub (subject) Claim MUST always be returned in the UserInfo Response."
    return new JsonObject(vouched.and(registered).and(requested).json()).put("sub", token.subject());
  }

  private static List<String> wanted(Scopes scopes) {
    List<String> names = new ArrayList<>();
    CLAIMS_BY_SCOPE.forEach((scope, claims) -> {
      if (scopes.contains(scope)) {
        names.addAll(claims);
      }
    });
    return names;
  }

  private static Map<String, List<String>> claimsByScope() {
    Map<String, List<String>> claims = new LinkedHashMap<>();
    claims.put("profile", List.of("name", "family_name", "given_name", "middle_name", "nickname", "preferred_username",
        "profile", "picture", "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at"));
    claims.put("email", List.of("email", "email_verified"));
    claims.put("address", List.of("address"));
    claims.put("phone", List.of("phone_number", "phone_number_verified"));
    return claims;
  }
}
