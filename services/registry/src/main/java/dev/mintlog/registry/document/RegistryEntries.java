package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.client.ClientForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Findings;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.tenant.ApiResource;
import dev.mintlog.registry.tenant.CommandedRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.registry.tenant.RegisteredUser;
import dev.mintlog.registry.tenant.TenantSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** A document as entries of the log, and back: one entry for each registered thing, so that a change is a small record. */
public final class RegistryEntries {
  /** What a document says; other kinds are not its business. */
  public static final Set<String> KINDS = Set.of(EntryKey.TENANT, EntryKey.API_RESOURCE, EntryKey.IDENTITY_RESOURCE,
      EntryKey.CLIENT, EntryKey.USER, EntryKey.REVOCATION);

  private static final String DEFAULT_TENANT = "default";

  private RegistryEntries() {}

  /**
   * Documents by key.
   *
   * @param publicUrl what issuers are made of where the document names none: itself for the tenant {@code default}, with
   *     the tenant's name behind it for others
   * @throws InvalidRegistryException where an issuer is missing or two tenants have the same
   */
  public static Map<EntryKey, String> of(RegistryDocument document, Optional<String> publicUrl) {
    Map<EntryKey, String> entries = new HashMap<>();
    Map<String, String> tenantByIssuer = new HashMap<>();
    for (TenantDocument tenant : document.tenants()) {
      String issuer = issuer(tenant, publicUrl);
      String other = tenantByIssuer.put(issuer, tenant.name());
      // A token of one tenant would pass for one of the other.
      if (other != null) {
        throw new InvalidRegistryException(
            List.of("tenants: '" + tenant.name() + "' and '" + other + "' have the same issuer " + issuer));
      }
      put(entries, tenant, issuer);
    }
    return entries;
  }

  private static void put(Map<EntryKey, String> entries, TenantDocument tenant, String issuer) {
    String name = tenant.name();
    ObjectNode own = CanonicalJson.object();
    own.put("issuer", issuer);
    TenantSettingsForm.write(own, tenant.settings());
    put(entries, name, EntryKey.TENANT, name, own);
    tenant.identityScopes().forEach(scope -> {
      ObjectNode node = CanonicalJson.object();
      node.put("name", scope);
      put(entries, name, EntryKey.IDENTITY_RESOURCE, scope, node);
    });
    tenant.apiResources().forEach(
        api -> put(entries, name, EntryKey.API_RESOURCE, api.name(), ApiResourceForm.write(api)));
    tenant.clients().forEach(client -> put(entries, name, EntryKey.CLIENT, client.id(), ClientForm.write(client)));
    tenant.users().forEach(user -> put(entries, name, EntryKey.USER, user.subject(), UserForm.write(user)));
    tenant.revocations().forEach(revocation ->
        put(entries, name, EntryKey.REVOCATION, id(revocation), RevocationForm.write(revocation)));
  }

  private static void put(Map<EntryKey, String> entries, String tenant, String kind, String id, ObjectNode node) {
    entries.put(new EntryKey(tenant, kind, id), CanonicalJson.write(node));
  }

  // JSON's own quoting keeps two identifiers apart whatever is in them.
  private static String id(RegisteredRevocation revocation) {
    ObjectNode id = CanonicalJson.object();
    revocation.client().ifPresent(client -> id.put("client", client));
    revocation.subject().ifPresent(subject -> id.put("subject", subject));
    return CanonicalJson.write(id);
  }

  public static EntryKey key(CommandedRevocation commanded) {
    return new EntryKey(commanded.tenant(), EntryKey.COMMANDED_REVOCATION, id(commanded.revocation()));
  }

  public static String text(CommandedRevocation commanded) {
    return CanonicalJson.write(RevocationForm.write(commanded.revocation()));
  }

  /** What an entry of a commanded revocation says. */
  public static RegisteredRevocation revocation(EntryKey key, String text) {
    return read(key, text, RevocationForm::read);
  }

  /** Of two texts of revocations of the same subject and client the one that ends more. */
  public static String laterRevocation(String one, String other) {
    Instant before = Instant.parse(CanonicalJson.read(one).path("before").asText());
    return Instant.parse(CanonicalJson.read(other).path("before").asText()).isAfter(before) ? other : one;
  }

  private static String issuer(TenantDocument tenant, Optional<String> publicUrl) {
    if (tenant.issuer().isPresent()) {
      return tenant.issuer().get();
    }
    String base = publicUrl.orElseThrow(() -> new InvalidRegistryException(List.of(
        "tenants: '" + tenant.name() + "' has no issuer; name one, or the public URL to make it of")));
    Names.issuerProblem(base).ifPresent(problem -> {
      throw new InvalidRegistryException(List.of("public URL: " + problem));
    });
    return tenant.name().equals(DEFAULT_TENANT) ? base : base + "/" + tenant.name();
  }

  /**
   * The document that the entries were made of; what is no document's business is left out.
   *
   * @throws InvalidRegistryException where an entry cannot be read
   */
  public static RegistryDocument toDocument(Map<EntryKey, String> entries) {
    Map<String, Map<EntryKey, String>> byTenant = new TreeMap<>();
    new TreeMap<>(entries).forEach((key, text) -> {
      if (KINDS.contains(key.kind())) {
        byTenant.computeIfAbsent(key.tenant(), name -> new TreeMap<>()).put(key, text);
      }
    });
    List<TenantDocument> tenants = new ArrayList<>();
    byTenant.forEach((name, own) -> tenants.add(tenant(name, own)));
    return new RegistryDocument(tenants);
  }

  private static TenantDocument tenant(String name, Map<EntryKey, String> own) {
    Optional<String> issuer = all(own, EntryKey.TENANT, fields -> fields.text("issuer")).stream().findFirst();
    TenantSettings settings =
        all(own, EntryKey.TENANT, TenantSettingsForm::read).stream().findFirst().orElse(TenantSettings.DEFAULT);
    List<String> identityScopes = all(own, EntryKey.IDENTITY_RESOURCE, fields -> fields.text("name"));
    List<ApiResource> apis = all(own, EntryKey.API_RESOURCE, ApiResourceForm::read);
    List<RegisteredClient> clients = all(own, EntryKey.CLIENT, ClientForm::read);
    List<RegisteredUser> users = all(own, EntryKey.USER, UserForm::read);
    List<RegisteredRevocation> revocations = all(own, EntryKey.REVOCATION, RevocationForm::read);
    return new TenantDocument(name, issuer, identityScopes, apis, clients, users, revocations, settings);
  }

  private static <T> List<T> all(Map<EntryKey, String> own, String kind, Function<Fields, T> reading) {
    List<T> all = new ArrayList<>();
    own.forEach((key, text) -> {
      if (key.kind().equals(kind)) {
        all.add(read(key, text, reading));
      }
    });
    return all;
  }

  private static <T> T read(EntryKey key, String text, Function<Fields, T> reading) {
    Findings findings = Findings.ofLog();
    T value = reading.apply(new Fields(CanonicalJson.read(text), "entry " + key.text(), findings));
    findings.throwIfAny();
    return value;
  }
}
