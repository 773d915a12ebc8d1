package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Scopes;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.client.ClientForm;
import dev.mintlog.registry.document.client.SecretsForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.tenant.ApiResource;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
import dev.mintlog.registry.tenant.LoginApi;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.registry.tenant.RegisteredUser;
import dev.mintlog.registry.tenant.TenantSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A tenant with all that is its own.
 *
 * @param issuer empty: made of the public URL when the document is applied
 */
public record TenantDocument(
    String name,
    Optional<String> issuer,
    List<String> identityScopes,
    List<ApiResource> apiResources,
    List<RegisteredClient> clients,
    List<RegisteredUser> users,
    List<RegisteredRevocation> revocations,
    TenantSettings settings) {

  private static final String OWN_SCOPES = "mintlog.";

  /** OpenID Connect Core §5.4. */
  public static final List<String> IDENTITY_SCOPES_DEFAULT = List.of("openid", "profile", "email", "address", "phone");

  public TenantDocument {
    identityScopes = List.copyOf(identityScopes);
    apiResources = List.copyOf(apiResources);
    clients = List.copyOf(clients);
    users = List.copyOf(users);
    revocations = List.copyOf(revocations);
  }

  static TenantDocument read(Fields fields) {
    String name = fields.text("name");
    Names.checkTenant(fields, "name", name);
    Optional<String> issuer = fields.optionalText("issuer");
    issuer.flatMap(Names::issuerProblem).ifPresent(problem -> fields.problem("issuer", problem));
    TenantSettings settings = TenantSettingsForm.read(fields);
    List<String> identityScopes = fields.texts("identityScopes", IDENTITY_SCOPES_DEFAULT);
    List<ApiResource> apiResources = readAll(fields, "apiResources", TenantDocument::readApiResource);
    List<RegisteredClient> clients = readAll(fields, "clients", ClientForm::read);
    List<RegisteredUser> users = readAll(fields, "users", UserForm::read);
    List<RegisteredRevocation> revocations = readAll(fields, "revocations", TenantDocument::readRevocation);
    fields.end();
    TenantDocument tenant =
        new TenantDocument(name, issuer, identityScopes, apiResources, clients, users, revocations, settings);
    tenant.check(fields);
    return tenant;
  }

  ObjectNode write() {
    ObjectNode node = CanonicalJson.object();
    node.put("name", name);
    issuer.ifPresent(text -> node.put("issuer", text));
    TenantSettingsForm.write(node, settings);
    ArrayNode identity = node.putArray("identityScopes");
    identityScopes.forEach(identity::add);
    ArrayNode apis = node.putArray("apiResources");
    apiResources.forEach(api -> apis.add(write(api)));
    ArrayNode clientNodes = node.putArray("clients");
    clients.forEach(client -> clientNodes.add(ClientForm.write(client)));
    ArrayNode userNodes = node.putArray("users");
    users.forEach(user -> userNodes.add(UserForm.write(user)));
    ArrayNode revocationNodes = node.putArray("revocations");
    revocations.forEach(revocation -> revocationNodes.add(write(revocation)));
    return node;
  }

  static ApiResource readApiResource(Fields fields) {
    String name = fields.text("name");
    Names.checkVisible(fields, "name", name);
    ApiResource api = new ApiResource(name, fields.texts("scopes", List.of()),
        fields.texts("userClaims", List.of()), readAll(fields, "authorizationDetailTypes", DetailTypeForm::read),
        SecretsForm.read(fields));
    api.userClaims().forEach(claim -> Names.checkClaim(fields, "userClaims", claim));
    fields.end();
    return api;
  }

  static ObjectNode write(ApiResource api) {
    ObjectNode node = CanonicalJson.object();
    node.put("name", api.name());
    ArrayNode scopes = node.putArray("scopes");
    api.scopes().forEach(scopes::add);
    ArrayNode userClaims = node.putArray("userClaims");
    api.userClaims().forEach(userClaims::add);
    ArrayNode types = node.putArray("authorizationDetailTypes");
    api.detailTypes().forEach(type -> DetailTypeForm.write(types.addObject(), type));
    if (!api.secrets().isEmpty()) {
      SecretsForm.write(node, api.secrets());
    }
    return node;
  }

  static RegisteredRevocation readRevocation(Fields fields) {
    RegisteredRevocation revocation = new RegisteredRevocation(
        fields.optionalText("subject"), fields.optionalText("client"), fields.instant("before"));
    if (revocation.subject().isEmpty() && revocation.client().isEmpty()) {
      fields.problem("subject", "expected subject, client or both");
    }
    fields.end();
    return revocation;
  }

  static ObjectNode write(RegisteredRevocation revocation) {
    ObjectNode node = CanonicalJson.object();
    revocation.subject().ifPresent(subject -> node.put("subject", subject));
    revocation.client().ifPresent(client -> node.put("client", client));
    node.put("before", revocation.before().toString());
    return node;
  }

  private static <T> List<T> readAll(Fields fields, String key, Function<Fields, T> reading) {
    return fields.objects(key).stream().map(reading).toList();
  }

  private void check(Fields fields) {
    checkOnce(fields, "apiResources", apiResources.stream().map(ApiResource::name).toList());
    checkOnce(fields, "clients", clients.stream().map(RegisteredClient::id).toList());
    checkOnce(fields, "users", users.stream().map(RegisteredUser::subject).toList());
    checkOnce(fields, "users", users.stream().map(user -> "username " + user.username()).toList());
    checkOnce(fields, "revocations", revocations.stream()
        .map(revocation -> "subject " + revocation.subject().orElse("*") + " at client "
            + revocation.client().orElse("*")).toList());
    Set<String> clientIds = clients.stream().map(RegisteredClient::id).collect(Collectors.toSet());
    apiResources.stream().filter(api -> !api.secrets().isEmpty() && clientIds.contains(api.name())).forEach(api ->
        fields.problem("apiResources", "'" + api.name() + "' has secrets and the name of a client; one of them has to"
            + " change, since both authenticate at one endpoint"));
    List<String> detailTypes = apiResources.stream().flatMap(api -> api.detailTypes().stream())
        .map(AuthorizationDetailType::type).toList();
    checkOnce(fields, "apiResources", detailTypes.stream().map(type -> "authorization detail type " + type).toList());
    clients.forEach(client -> client.client().access().detailTypes().stream().filter(type -> !detailTypes.contains(type))
        .forEach(type -> fields.problem("clients", "client '" + client.id() + "' may have authorization details of type '"
            + type + "', which no API resource of the tenant defines")));
    Set<String> apis = apiResources.stream().map(ApiResource::name).collect(Collectors.toSet());
    clients.forEach(client -> client.client().access().exchange().audiences().stream()
        .filter(audience -> !apis.contains(audience)).forEach(audience -> fields.problem("clients", "client '" + client.id()
            + "' is said to be the API resource '" + audience + "', which the tenant does not have")));
    Set<String> scopes = checkedScopes(fields);
    for (RegisteredClient client : clients) {
      for (String scope : client.client().allowedScopes().values()) {
        if (!scopes.contains(scope)) {
          fields.problem("clients", "client '" + client.id() + "' is allowed scope '" + scope
              + "', which no API resource and no identity scope of the tenant is");
        }
      }
    }
  }

  private Set<String> checkedScopes(Fields fields) {
    Set<String> identity = new HashSet<>(identityScopes);
    identity.add(Scopes.OFFLINE_ACCESS);
    List<String> api = new ArrayList<>();
    apiResources.forEach(resource -> api.addAll(resource.scopes()));
    identity.forEach(scope -> checkScope(fields, "identityScopes", scope));
    for (String scope : api) {
      checkScope(fields, "apiResources", scope);
      if (identity.contains(scope)) {
        fields.problem("apiResources", "scope '" + scope + "' is an identity scope already");
      }
    }
    if (apiResources.stream().anyMatch(resource -> resource.name().equals(LoginApi.AUDIENCE))) {
      fields.problem("apiResources", "'" + LoginApi.AUDIENCE + "' is a reserved name");
    }
    Set<String> all = new HashSet<>(identity);
    all.addAll(api);
    all.add(LoginApi.SCOPE);
    return all;
  }

  private static void checkScope(Fields fields, String key, String scope) {
    if (!Names.isScope(scope)) {
      fields.problem(key, "expected visible ASCII without space, quote and backslash as scope (RFC 6749 §3.3), found '"
          + scope + "'");
    }
    if (scope.startsWith(OWN_SCOPES)) {
      fields.problem(key, "scopes that begin with '" + OWN_SCOPES + "' are reserved, found '" + scope + "'");
    }
  }

  private static void checkOnce(Fields fields, String key, List<String> names) {
    Set<String> seen = new LinkedHashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        fields.problem(key, "'" + name + "' is there twice");
      }
    }
  }
}
