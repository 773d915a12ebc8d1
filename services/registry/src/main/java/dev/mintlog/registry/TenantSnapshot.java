package dev.mintlog.registry;

import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scope;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningKeyRef;
import dev.mintlog.client.Tenant;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.tenant.ApiNames;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import dev.mintlog.registry.tenant.LoginApi;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocations;
import dev.mintlog.registry.tenant.RegisteredUser;
import dev.mintlog.registry.tenant.TenantSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One tenant's part of a {@link RegistrySnapshot}, ready to be asked. */
record TenantSnapshot(
    Tenant tenant,
    Map<String, RegisteredClient> clients,
    Map<String, RegisteredClient> apiResources,
    Map<String, RegisteredUser> usersByName,
    Map<String, RegisteredUser> usersBySubject,
    Set<String> allowedOrigins,
    Revocations revocations,
    List<PublishedKey> keys,
    TenantSettings settings,
    Map<String, AuthorizationDetailType> detailTypes,
    ApiNames apiNames) {

  static TenantSnapshot of(TenantDocument document, List<PublishedKey> unordered,
      List<RegisteredRevocation> commanded) {
    List<PublishedKey> keys = unordered.stream().sorted(PublishedKey.IN_ORDER_OF_USE).toList();
    List<SigningKeyRef> refs = keys.stream().map(PublishedKey::ref).toList();
    Map<String, RegisteredClient> clients = new HashMap<>();
    document.clients().forEach(client -> clients.put(client.id(), client));
    Map<String, RegisteredClient> apiResources = new HashMap<>();
    document.apiResources().forEach(api -> apiResources.put(api.name(), api.asClient()));
    Map<String, RegisteredUser> byName = new HashMap<>();
    Map<String, RegisteredUser> bySubject = new HashMap<>();
    document.users().forEach(user -> {
      byName.put(user.username(), user);
      bySubject.put(user.subject(), user);
    });
    Tenant tenant = new Tenant(document.name(), document.issuer().orElseThrow(), scopes(document), refs,
        userClaims(document), document.settings().policy(), detailOwners(document));
    List<RegisteredRevocation> revoked = new ArrayList<>(document.revocations());
    revoked.addAll(commanded);
    Revocations revocations = new RegisteredRevocations(bySubject, clients, revoked);
    return new TenantSnapshot(tenant, Map.copyOf(clients), Map.copyOf(apiResources), Map.copyOf(byName),
        Map.copyOf(bySubject), allowedOrigins(document), revocations, keys, document.settings(),
        detailTypes(document), ApiNames.of(document.apiResources()));
  }

  private static Map<String, AuthorizationDetailType> detailTypes(TenantDocument document) {
    return document.apiResources().stream().flatMap(api -> api.detailTypes().stream())
        .collect(Collectors.toUnmodifiableMap(AuthorizationDetailType::type, Function.identity()));
  }

  private static Map<String, String> detailOwners(TenantDocument document) {
    Map<String, String> owners = new HashMap<>();
    document.apiResources().forEach(api -> api.detailTypes().forEach(type -> owners.put(type.type(), api.name())));
    return owners;
  }

  private static Set<String> allowedOrigins(TenantDocument document) {
    return document.clients().stream().filter(client -> client.client().enabled())
        .flatMap(client -> client.allowedOrigins().stream()).collect(Collectors.toUnmodifiableSet());
  }

  private static Map<String, Set<String>> userClaims(TenantDocument document) {
    Map<String, Set<String>> names = new HashMap<>();
    document.apiResources().forEach(api -> names.put(api.name(), Set.copyOf(api.userClaims())));
    return names;
  }

  private static Map<String, Scope> scopes(TenantDocument document) {
    Map<String, Scope> scopes = new HashMap<>();
    document.identityScopes().forEach(
        name -> scopes.put(name, new Scope(name, Scope.Kind.IDENTITY, List.of())));
    Map<String, List<String>> audiences = new HashMap<>();
    document.apiResources().forEach(api -> api.scopes().forEach(
        scope -> audiences.computeIfAbsent(scope, name -> new ArrayList<>()).add(api.name())));
    audiences.forEach((name, owners) -> scopes.put(name, new Scope(name, Scope.Kind.API, owners)));
    scopes.put(Scopes.OFFLINE_ACCESS, new Scope(Scopes.OFFLINE_ACCESS, Scope.Kind.OFFLINE, List.of()));
    scopes.put(LoginApi.SCOPE, new Scope(LoginApi.SCOPE, Scope.Kind.API, List.of(LoginApi.AUDIENCE)));
    return scopes;
  }
}
