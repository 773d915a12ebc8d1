package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.client.ClientForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.tenant.ApiResource;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.registry.tenant.RegisteredUser;
import dev.mintlog.registry.tenant.TenantSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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
    List<ApiResource> apiResources = readAll(fields, "apiResources", ApiResourceForm::read);
    List<RegisteredClient> clients = readAll(fields, "clients", ClientForm::read);
    List<RegisteredUser> users = readAll(fields, "users", UserForm::read);
    List<RegisteredRevocation> revocations = readAll(fields, "revocations", RevocationForm::read);
    fields.end();
    TenantDocument tenant =
        new TenantDocument(name, issuer, identityScopes, apiResources, clients, users, revocations, settings);
    new TenantRules(fields, tenant).check();
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
    apiResources.forEach(api -> apis.add(ApiResourceForm.write(api)));
    ArrayNode clientNodes = node.putArray("clients");
    clients.forEach(client -> clientNodes.add(ClientForm.write(client)));
    ArrayNode userNodes = node.putArray("users");
    users.forEach(user -> userNodes.add(UserForm.write(user)));
    ArrayNode revocationNodes = node.putArray("revocations");
    revocations.forEach(revocation -> revocationNodes.add(RevocationForm.write(revocation)));
    return node;
  }

  private static <T> List<T> readAll(Fields fields, String key, Function<Fields, T> reading) {
    return fields.objects(key).stream().map(reading).toList();
  }
}
