package dev.mintlog.edge.http.inspection;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState.Active;
import dev.mintlog.client.Scope;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.Tenant;
import dev.mintlog.edge.proof.token.AccessToken;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.tenant.RegisteredUser;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * What a caller may see of a token, RFC 7662 §2.2 and §5.
 *
 * @param caller the client that asks, or the API resource
 * @param isByResource whether it is an API resource
 */
record Introspection(RegisteredClient caller, boolean isByResource, String tenant, RegistrySnapshot registry) {

  static final String DETAILS = "authorization_details";

  static Introspection by(RegisteredClient caller, String tenant, RegistrySnapshot registry) {
    return new Introspection(caller, registry.client(tenant, caller.id()).isEmpty(), tenant, registry);
  }

  String callerId() {
    return caller.id();
  }

  /** A resource sees what names it as audience, a client what was issued to it. */
  boolean mayLookAt(AccessToken token) {
    return isByResource ? token.audience().contains(caller.id()) : token.clientId().equals(caller.id());
  }

  JsonObject of(AccessToken token) {
    // What the token says to whoever holds it: iss, sub, aud, client_id, iat, nbf, exp, jti, acr, amr, auth_time, cnf.
    JsonObject json = new JsonObject().put("active", true);
    token.claims().forEach(json::put);
    if (isByResource && token.claims().get(DETAILS) instanceof List<?> details) {
      json.put(DETAILS, new JsonArray(details.stream().filter(this::isForCaller).toList()));
    }
    json.put("scope", visible(token.scopes()).text());
    json.put("token_type", tokenType(token));
    putUsername(json, token.subject());
    return json;
  }

  /** Of a refresh handle; its kind has no name in RFC 6749 §5.1, so there is no token_type. */
  JsonObject of(Authorization authorization, Active active) {
    JsonObject json = new JsonObject()
        .put("active", true)
        .put("iss", registry.tenant(tenant).map(Tenant::issuer).orElseThrow())
        .put("sub", active.consent().subject())
        .put("client_id", active.consent().clientId())
        .put("scope", active.consent().scopes().text())
        .put("iat", active.rotation().since().getEpochSecond())
        .put("exp", TokenStandings.endOf(authorization, active, caller.client()).getEpochSecond());
    putUsername(json, active.consent().subject());
    return json;
  }

  // RFC 9396 §9.2: "authorization_details […] MAY be filtered for the particular resource server".
  private boolean isForCaller(Object detail) {
    return detail instanceof Map<?, ?> members && callerId().equals(
        registry.tenant(tenant).orElseThrow().detailTypes().get(String.valueOf(members.get("type"))));
  }

  // RFC 9449 §5
  private static String tokenType(AccessToken token) {
    return token.claims().get("cnf") instanceof Map<?, ?> confirmation && confirmation.containsKey("jkt")
        ? "DPoP" : "Bearer";
  }

  // RFC 7662 §2.2: "The authorization server MAY respond differently to different protected resources making the same
  // request. For instance, an authorization server MAY limit which scopes from a given token are returned for each
  // protected resource to prevent a protected resource from learning more about the larger network".
  private Scopes visible(Scopes scopes) {
    if (!isByResource) {
      return scopes;
    }
    Tenant own = registry.tenant(tenant).orElseThrow();
    return scopes.filtered(name -> {
      Scope scope = own.scopes().get(name);
      return scope != null && scope.audiences().contains(caller.id());
    });
  }

  private void putUsername(JsonObject json, String subject) {
    registry.subject(tenant, subject).map(RegisteredUser::username).ifPresent(name -> json.put("username", name));
  }
}
