package dev.mintlog.registry.document;

import dev.mintlog.client.Scopes;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.tenant.ApiResource;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import dev.mintlog.registry.tenant.LoginApi;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a tenant has to fit together: names that are given once, and nothing that is allowed without being there.
 *
 * @param fields the tenant's own, to note problems in
 */
record TenantRules(Fields fields, TenantDocument tenant) {
  private static final String OWN_SCOPES = "mintlog.";

  void check() {
    checkNames();
    checkDetailTypes();
    checkAudiences();
    checkScopes();
  }

  private void checkNames() {
    checkOnce("apiResources", tenant.apiResources().stream().map(ApiResource::name).toList());
    checkOnce("clients", tenant.clients().stream().map(RegisteredClient::id).toList());
    checkOnce("users", tenant.users().stream().map(RegisteredUser::subject).toList());
    checkOnce("users", tenant.users().stream().map(user -> "username " + user.username()).toList());
    checkOnce("revocations", tenant.revocations().stream()
        .map(revocation -> "subject " + revocation.subject().orElse("*") + " at client "
            + revocation.client().orElse("*")).toList());
    Set<String> clientIds = tenant.clients().stream().map(RegisteredClient::id).collect(Collectors.toSet());
    tenant.apiResources().stream().filter(api -> !api.secrets().isEmpty() && clientIds.contains(api.name()))
        .forEach(api -> fields.problem("apiResources", "'" + api.name() + "' has secrets and the name of a client; one"
            + " of them has to change, since both authenticate at one endpoint"));
  }

  private void checkDetailTypes() {
    List<String> types = tenant.apiResources().stream().flatMap(api -> api.detailTypes().stream())
        .map(AuthorizationDetailType::type).toList();
    checkOnce("apiResources", types.stream().map(type -> "authorization detail type " + type).toList());
    tenant.clients().forEach(client -> client.client().access().detailTypes().stream()
        .filter(type -> !types.contains(type))
        .forEach(type -> fields.problem("clients", "client '" + client.id() + "' may have authorization details of"
            + " type '" + type + "', which no API resource of the tenant defines")));
  }

  private void checkAudiences() {
    Set<String> apis = tenant.apiResources().stream().map(ApiResource::name).collect(Collectors.toSet());
    tenant.clients().forEach(client -> client.client().access().exchange().audiences().stream()
        .filter(audience -> !apis.contains(audience))
        .forEach(audience -> fields.problem("clients", "client '" + client.id() + "' is said to be the API resource '"
            + audience + "', which the tenant does not have")));
  }

  private void checkScopes() {
    Set<String> scopes = scopesOfTenant();
    for (RegisteredClient client : tenant.clients()) {
      for (String scope : client.client().allowedScopes().values()) {
        if (!scopes.contains(scope)) {
          fields.problem("clients", "client '" + client.id() + "' is allowed scope '" + scope
              + "', which no API resource and no identity scope of the tenant is");
        }
      }
    }
  }

  private Set<String> scopesOfTenant() {
    Set<String> identity = new HashSet<>(tenant.identityScopes());
    identity.add(Scopes.OFFLINE_ACCESS);
    List<String> api = new ArrayList<>();
    tenant.apiResources().forEach(resource -> api.addAll(resource.scopes()));
    identity.forEach(scope -> checkScope("identityScopes", scope));
    for (String scope : api) {
      checkScope("apiResources", scope);
      if (identity.contains(scope)) {
        fields.problem("apiResources", "scope '" + scope + "' is an identity scope already");
      }
    }
    if (tenant.apiResources().stream().anyMatch(resource -> resource.name().equals(LoginApi.AUDIENCE))) {
      fields.problem("apiResources", "'" + LoginApi.AUDIENCE + "' is a reserved name");
    }
    Set<String> all = new HashSet<>(identity);
    all.addAll(api);
    all.add(LoginApi.SCOPE);
    return all;
  }

  private void checkScope(String key, String scope) {
    if (!Names.isScope(scope)) {
      fields.problem(key, "expected visible ASCII without space, quote and backslash as scope (RFC 6749 §3.3), found '"
          + scope + "'");
    }
    if (scope.startsWith(OWN_SCOPES)) {
      fields.problem(key, "scopes that begin with '" + OWN_SCOPES + "' are reserved, found '" + scope + "'");
    }
  }

  private void checkOnce(String key, List<String> names) {
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        fields.problem(key, "'" + name + "' is there twice");
      }
    }
  }
}
