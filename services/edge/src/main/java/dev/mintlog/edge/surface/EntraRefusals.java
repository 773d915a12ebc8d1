package dev.mintlog.edge.surface;

import dev.mintlog.answer.TokenError;
import dev.mintlog.client.Client;
import dev.mintlog.client.GrantType;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.request.Form;
import dev.mintlog.edge.request.Refusal;
import java.util.List;

/**
 * Refusals as clients of Entra ID understand them: MSAL asks the user to sign in again where {@code error} is
 * {@code invalid_grant}, {@code suberror} saying whether the refresh token is spent or consent is missing, and by no other
 * sign. What no user can give stays what it is.
 */
final class EntraRefusals {
  private static final String BAD_TOKEN = "bad_token";
  private static final String CONSENT_REQUIRED = "consent_required";

  private final Tenant tenant;
  private final Client client;

  EntraRefusals(Tenant tenant, Client client) {
    this.tenant = tenant;
    this.client = client;
  }

  /** @param form the request in the words of the registry */
  Refusal told(GrantType grantType, Form form, Refusal refusal) {
    boolean isRefresh = grantType.equals(GrantType.REFRESH_TOKEN);
    if (is(TokenError.INVALID_GRANT, refusal)) {
      return isRefresh ? refusal.withSuberror(BAD_TOKEN) : refusal;
    }
    Scopes asked = Scopes.parse(form.find("scope").orElse(""));
    boolean lacksConsent = is(TokenError.INVALID_SCOPE, refusal) && isRefresh && asked.isWithin(client.allowedScopes())
        || is(TokenError.INVALID_TARGET, refusal) && EntraScopes.OF_A_CONSENT.contains(grantType)
            && mayHave(asked, form.all("resource"));
    return lacksConsent ? refusal.withError(TokenError.INVALID_GRANT).withSuberror(CONSENT_REQUIRED) : refusal;
  }

  private static boolean is(TokenError error, Refusal refusal) {
    return refusal.error().equals(error.code());
  }

  // Of each resource the client may have a scope, among those it asks for where it asks for any; and it may ask for so many.
  private boolean mayHave(Scopes asked, List<String> resources) {
    boolean isTooMany = resources.size() > 1 && !client.access().multipleResources();
    Scopes wanted = asked.isEmpty() ? client.allowedScopes() : asked.filtered(client.allowedScopes()::contains);
    return !resources.isEmpty() && !isTooMany && resources.stream().allMatch(resource -> wanted.values().stream()
        .anyMatch(scope -> tenant.isApiScope(scope) && tenant.scopes().get(scope).audiences().contains(resource)));
  }
}
