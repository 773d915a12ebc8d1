package dev.mintlog.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Tenant;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import dev.mintlog.registry.tenant.AuthorizationDetailType;
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
import java.util.stream.Collectors;

/** All that is registered, at one revision. Immutable. */
public final class RegistrySnapshot {
  private final Revision revision;
  private final int partitions;
  private final Map<EntryKey, String> entries;
  private final Map<String, TenantSnapshot> tenants;
  private final Map<String, String> tenantsByGuid;
  private final boolean apiResourcesAreClients;

  private RegistrySnapshot(Revision revision, int partitions, Map<EntryKey, String> entries,
      Map<String, TenantSnapshot> tenants, Map<String, String> tenantsByGuid, boolean apiResourcesAreClients) {
    this.revision = revision;
    this.partitions = partitions;
    this.entries = Map.copyOf(entries);
    this.tenants = Map.copyOf(tenants);
    this.tenantsByGuid = tenantsByGuid;
    this.apiResourcesAreClients = apiResourcesAreClients;
  }

  /**
   * The snapshot of a revision.
   *
   * @param entries live documents by key
   * @throws RuntimeException where a document cannot be read: signed, yet of a form that this version does not know
   */
  public static RegistrySnapshot of(Revision revision, Map<EntryKey, String> entries) {
    Map<String, List<PublishedKey>> keys = new HashMap<>();
    Map<String, List<RegisteredRevocation>> commanded = new HashMap<>();
    entries.forEach((key, text) -> {
      if (key.kind().equals(EntryKey.SIGNING_KEY)) {
        keys.computeIfAbsent(key.tenant(), tenant -> new ArrayList<>()).add(SigningKeyForm.read(key, text));
      } else if (key.kind().equals(EntryKey.COMMANDED_REVOCATION)) {
        commanded.computeIfAbsent(key.tenant(), tenant -> new ArrayList<>()).add(RegistryEntries.revocation(key, text));
      }
    });
    Map<String, TenantSnapshot> tenants = new HashMap<>();
    for (TenantDocument tenant : RegistryEntries.toDocument(entries).tenants()) {
      if (tenant.issuer().isPresent()) {
        tenants.put(tenant.name(), TenantSnapshot.of(tenant, keys.getOrDefault(tenant.name(), List.of()),
            commanded.getOrDefault(tenant.name(), List.of())));
      }
    }
    Map<String, String> byGuid = tenants.values().stream().map(TenantSnapshot::tenant)
        .filter(tenant -> tenant.policy().guid().isPresent())
        .collect(Collectors.toUnmodifiableMap(tenant -> tenant.policy().guid().get(), Tenant::name));
    return new RegistrySnapshot(revision, partitions(entries), entries, tenants, byGuid, false);
  }

  private static int partitions(Map<EntryKey, String> entries) {
    String text = entries.get(EntryKey.PARTITIONS);
    JsonNode count = text == null ? null : CanonicalJson.read(text).path("partitions");
    if (count == null || !count.isInt()) {
      throw new IllegalArgumentException("expected the registry to record the partition count");
    }
    return count.intValue();
  }

  /** Number of the revision. */
  public long revision() {
    return revision.number();
  }

  public Instant publishedAt() {
    return revision.publishedAt();
  }

  /** How many partitions token-commands, token-events and authorizations have, for ever. */
  public int partitions() {
    return partitions;
  }

  /** Names of the tenants. */
  public Set<String> tenantNames() {
    return tenants.keySet();
  }

  /** The name of the tenant that has this name or this GUID. */
  public Optional<String> tenantCalled(String nameOrGuid) {
    return Optional.ofNullable(tenants.containsKey(nameOrGuid) ? nameOrGuid : tenantsByGuid.get(nameOrGuid));
  }

  public Optional<Tenant> tenant(String tenant) {
    return registered(tenant).map(TenantSnapshot::tenant);
  }

  /** A client, enabled or not. */
  public Optional<RegisteredClient> client(String tenant, String id) {
    return registered(tenant).map(found -> {
      RegisteredClient client = found.clients().get(id);
      return client == null && apiResourcesAreClients ? found.apiResources().get(id) : client;
    });
  }

  /**
   * The same, with API resources among the clients: for an endpoint that they authenticate at as clients do. No API
   * resource that has secrets has the name of a client.
   */
  public RegistrySnapshot withApiResourcesAsClients() {
    return new RegistrySnapshot(revision, partitions, entries, tenants, tenantsByGuid, true);
  }

  /** Whether the other was made of the very same entries: the things of both are the same. */
  public boolean isOfTheEntriesOf(RegistrySnapshot other) {
    return entries == other.entries;
  }

  /** A user, enabled or not. */
  public Optional<RegisteredUser> user(String tenant, String username) {
    return registered(tenant).map(found -> found.usersByName().get(username));
  }

  /** A user, enabled or not. */
  public Optional<RegisteredUser> subject(String tenant, String subject) {
    return registered(tenant).map(found -> found.usersBySubject().get(subject));
  }

  /**
   * The name of the API resource that a client means. Clients in the field add a slash to an address or leave one out, and
   * write a GUID in either case.
   *
   * @param asked the resource as a client writes it
   */
  public Optional<String> apiResource(String tenant, String asked) {
    return registered(tenant).flatMap(found -> found.apiNames().canonical(asked));
  }

  /** The tenant's types of authorization details, by their identifier. */
  public Map<String, AuthorizationDetailType> detailTypes(String tenant) {
    return registered(tenant).map(TenantSnapshot::detailTypes).orElse(Map.of());
  }

  /** What is set for a tenant as a whole; the defaults where the tenant is unknown. */
  public TenantSettings settings(String tenant) {
    return registered(tenant).map(TenantSnapshot::settings).orElse(TenantSettings.DEFAULT);
  }

  /** Web origins that some enabled client of the tenant may call from. */
  public Set<String> allowedOrigins(String tenant) {
    return registered(tenant).map(TenantSnapshot::allowedOrigins).orElse(Set.of());
  }

  /** Who lost their rights; nobody where the tenant is unknown. */
  public Revocations revocations(String tenant) {
    return registered(tenant).map(TenantSnapshot::revocations).orElse(Revocations.NONE);
  }

  /** The tenant's keys, those to come included, in the order of their first use: what the JWKS shows. */
  public List<PublishedKey> keys(String tenant) {
    return registered(tenant).map(TenantSnapshot::keys).orElse(List.of());
  }

  public Optional<PublishedKey> key(String tenant, String kid) {
    return keys(tenant).stream().filter(key -> key.kid().equals(kid)).findFirst();
  }

  /** The live entries it was made of. */
  public Map<EntryKey, String> entries() {
    return entries;
  }

  private Optional<TenantSnapshot> registered(String tenant) {
    return Optional.ofNullable(tenants.get(tenant));
  }

  @Override
  public String toString() {
    return "RegistrySnapshot[revision " + revision() + ", " + entries.size() + " entries]";
  }
}
