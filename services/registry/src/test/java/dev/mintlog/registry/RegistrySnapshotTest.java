package dev.mintlog.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.Registration;
import dev.mintlog.client.Revocations;
import dev.mintlog.client.Scope;
import dev.mintlog.client.Scopes;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.client.Tenant;
import dev.mintlog.registry.client.RegisteredClient;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.ContentDigest;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Revision;
import dev.mintlog.registry.tenant.CommandedRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrySnapshotTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String HASH = "sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  static RegistrySnapshot snapshot(long revision, String yaml) {
    return snapshot(revision, entries(yaml));
  }

  private static Map<EntryKey, String> entries(String yaml) {
    Map<EntryKey, String> entries = new HashMap<>(
        RegistryEntries.of(RegistryDocument.parse(yaml), Optional.of("https://login.example")));
    entries.put(EntryKey.PARTITIONS, "{\"partitions\":12}");
    return entries;
  }

  private static RegistrySnapshot snapshot(long revision, Map<EntryKey, String> entries) {
    return RegistrySnapshot.of(
        new Revision(revision, NOW.plusSeconds(revision), entries.size(), ContentDigest.of(entries)), entries);
  }

  private static String client(String id, String more) {
    return "{id: " + id + ", public: true, grantTypes: [refresh_token]" + more + "}";
  }

  @Test
  void shouldFindATenantByItsGuid() {
    String guid = "5f2c8e0a-4b1d-4c6f-9a3e-7d8b6c5a4f3e";
    RegistrySnapshot snapshot = snapshot(3, "tenants: [{name: default}, {name: acme, guid: " + guid + "}]");

    assertThat(snapshot.tenantCalled(guid)).contains("acme");
    assertThat(snapshot.tenantCalled("acme")).contains("acme");
    assertThat(snapshot.tenantCalled("nobody")).isEmpty();
    assertThat(snapshot.tenant("acme").orElseThrow().tenantId()).isEqualTo(guid);
    assertThat(snapshot.tenant("default").orElseThrow().tenantId()).isEqualTo("default");
  }

  @Test
  void shouldFindAnApiResourceAsClientsWriteItsName() {
    RegistrySnapshot snapshot = snapshot(3, "tenants: [{name: default, apiResources: [{name: 'https://a.example/'},"
        + " {name: 'https://b.example'}, {name: 'https://b.example/'}, {name: 0f8fad5b-d9cb-469f-a165-70867728950e}]}]");

    assertThat(snapshot.apiResource("default", "https://a.example")).contains("https://a.example/");
    assertThat(snapshot.apiResource("default", "https://a.example//")).contains("https://a.example/");
    assertThat(snapshot.apiResource("default", "https://b.example")).contains("https://b.example");
    assertThat(snapshot.apiResource("default", "https://b.example/")).contains("https://b.example/");
    assertThat(snapshot.apiResource("default", "https://b.example//")).as("either might be meant").isEmpty();
    assertThat(snapshot.apiResource("default", "0F8FAD5B-D9CB-469F-A165-70867728950E")).isPresent();
    assertThat(snapshot.apiResource("default", "https://A.example")).isEmpty();
    assertThat(snapshot.apiResource("nobody", "https://a.example")).isEmpty();
  }

  @Test
  void shouldShowTenantsWithTheirScopes() {
    // When
    RegistrySnapshot snapshot = snapshot(3, "tenants:\n- name: default\n  apiResources:\n"
        + "  - {name: orders, scopes: [read, orders.write]}\n  - {name: stock, scopes: [read]}\n- name: other\n");

    // Then
    Tenant tenant = snapshot.tenant("default").orElseThrow();
    assertThat(tenant.issuer()).isEqualTo("https://login.example");
    assertThat(snapshot.tenant("other").orElseThrow().issuer()).isEqualTo("https://login.example/other");
    assertThat(tenant.audienceOf(Scopes.of("read"))).containsExactly("orders", "stock");
    assertThat(tenant.audienceOf(Scopes.of("mintlog.login"))).containsExactly("mintlog");
    assertThat(tenant.audienceOf(Scopes.of("openid"))).containsExactly("https://login.example");
    assertThat(tenant.scopes().get("offline_access").kind()).isEqualTo(Scope.Kind.OFFLINE);
    assertThat(tenant.isApiScope("profile")).isFalse();
    assertThat(snapshot.tenant("unknown")).isEmpty();
    assertThat(snapshot.partitions()).isEqualTo(12);
    assertThat(snapshot.revision()).isEqualTo(3);
  }

  @Test
  void shouldKeepTenantsApart() {
    RegistrySnapshot snapshot = snapshot(1, "tenants:\n- {name: default, clients: [" + client("a", "")
        + "], users: [{subject: s, username: u}]}\n- {name: other, clients: [" + client("b", "") + "]}\n");
    assertThat(snapshot.client("default", "a")).isPresent();
    assertThat(snapshot.client("other", "a")).isEmpty();
    assertThat(snapshot.client("default", "b")).isEmpty();
    assertThat(snapshot.user("default", "u")).isPresent();
    assertThat(snapshot.user("other", "u")).isEmpty();
    assertThat(snapshot.subject("default", "s")).isPresent();
  }

  @Test
  void shouldCountSecretsUntilTheyExpire() {
    RegistrySnapshot snapshot = snapshot(1, "tenants: [{name: default, clients: [{id: a, secrets: [{hash: '" + HASH
        + "', expiresAt: '2026-01-01T00:00:00Z'}]}]}]");
    RegisteredClient client = snapshot.client("default", "a").orElseThrow();
    assertThat(client.secrets()).singleElement().satisfies(secret -> {
      assertThat(secret.isValidAt(NOW.minusMillis(1))).isTrue();
      assertThat(secret.isValidAt(NOW)).isFalse();
    });
  }

  @Test
  void shouldShowKeysInTheOrderOfTheirFirstUse() {
    // Given
    SigningKeyGenerator generator =
        new SigningKeyGenerator(SecretRing.of(RootSecret.random(new SecureRandom())), new SecureRandom());
    PublishedKey now = generator.generate("default", SigningAlgorithm.ES256, NOW, NOW);
    PublishedKey later = generator.generate("default", SigningAlgorithm.ES256, NOW.plusSeconds(60), NOW);
    Map<EntryKey, String> entries = entries("tenants: [{name: default}]");
    entries.put(SigningKeyForm.key(later), SigningKeyForm.write(later));
    entries.put(SigningKeyForm.key(now), SigningKeyForm.write(now));

    // When
    RegistrySnapshot snapshot = snapshot(1, entries);

    // Then
    Tenant tenant = snapshot.tenant("default").orElseThrow();
    assertThat(snapshot.keys("default")).extracting(PublishedKey::kid).containsExactly(now.kid(), later.kid());
    assertThat(tenant.signingKeyAt(SigningAlgorithm.ES256, NOW)).contains(now.ref());
    assertThat(tenant.signingKeyAt(SigningAlgorithm.ES256, NOW.plusSeconds(60))).contains(later.ref());
    assertThat(tenant.signingKeyAt(SigningAlgorithm.RS256, NOW)).isEmpty();
    assertThat(snapshot.key("default", later.kid())).isPresent();
  }

  @Test
  void shouldRevokeBySubjectByClientAndByBoth() {
    // Given
    Revocations revocations = snapshot(1, "tenants:\n- name: default\n  users:\n"
        + "  - {subject: gone, username: a, enabled: false}\n"
        + "  - {subject: some, username: b, revokedBefore: '2026-01-02T00:00:00Z'}\n  revocations:\n"
        + "  - {subject: some, client: x, before: '2026-01-03T00:00:00Z'}\n"
        + "  - {subject: some, client: y, before: '2026-01-01T00:00:00Z'}\n"
        + "  - {client: z, before: '2026-01-04T00:00:00Z'}\n").revocations("default");

    // Then
    assertThat(revocations.revokedBefore("gone", "x")).contains(Instant.MAX);
    assertThat(revocations.revokedBefore("some", "w")).contains(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(revocations.revokedBefore("some", "x")).contains(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(revocations.revokedBefore("some", "y")).contains(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(revocations.revokedBefore("anybody", "z")).contains(Instant.parse("2026-01-04T00:00:00Z"));
    assertThat(revocations.revokedBefore("anybody", "x")).isEmpty();
  }

  @Test
  void shouldDecideUnderTheCommandsOwnRevision() {
    // Given
    RegistrySnapshot then = snapshot(1, "tenants: [{name: default, clients: [" + client("a", "") + "]}]");
    RegistrySnapshot now = snapshot(2, "tenants: [{name: default, issuer: 'https://new.example', clients: ["
        + client("a", ", accessTokenLifetime: 1m") + "]}]");

    // When
    Registration registration = Registrations.of(then, now, "default", "a").orElseThrow();

    // Then
    assertThat(registration.tenant().issuer()).isEqualTo("https://login.example");
    assertThat(registration.client().tokens().accessTokenLifetime()).hasHours(1);
    assertThat(registration.client().enabled()).isTrue();
  }

  @Test
  void shouldLetNewerDisablingRemovalAndRevocationWin() {
    // Given
    RegistrySnapshot then = snapshot(1, "tenants: [{name: default, clients: [" + client("a", "") + ", "
        + client("b", "") + ", " + client("c", ", enabled: false") + "], users: [{subject: s, username: u}]}]");
    RegistrySnapshot now = snapshot(2, "tenants: [{name: default, clients: [" + client("a", ", enabled: false") + ", "
        + client("c", "") + "], users: [{subject: s, username: u, enabled: false}]}]");

    // Then
    assertThat(Registrations.of(then, now, "default", "a").orElseThrow().client().enabled()).isFalse();
    assertThat(Registrations.of(then, now, "default", "b").orElseThrow().client().enabled()).isFalse();
    assertThat(Registrations.of(then, now, "default", "c").orElseThrow().client().enabled())
        .as("newer enabling does not win").isFalse();
    assertThat(Registrations.of(then, now, "default", "a").orElseThrow().revocations().revokedBefore("s", "a"))
        .contains(Instant.MAX);
    assertThat(Registrations.of(then, now, "default", "unknown")).isEmpty();
    assertThat(Registrations.of(then, now, "unknown", "a")).isEmpty();
  }

  @Test
  void shouldLetANewerWithdrawalOfAnIssuerWin() {
    // Given
    RegistrySnapshot then = snapshot(1, federated("{issuer: 'https://idp.example', jwksUri: 'https://idp.example/k'}, "
        + "{issuer: 'https://other.example', jwksUri: 'https://other.example/k'}"));
    RegistrySnapshot now = snapshot(2, federated("{issuer: 'https://other.example', jwksUri: 'https://other.example/k'}"));
    Revocations revocations = Registrations.of(then, now, "default", "a").orElseThrow().revocations();

    // Then
    assertThat(revocations.isWithdrawn("https://idp.example", "a")).isTrue();
    assertThat(revocations.isWithdrawn("https://other.example", "a")).isFalse();
    assertThat(revocations.isWithdrawn("https://other.example", "b")).as("of another client").isTrue();
    assertThat(then.revocations("default").isWithdrawn("https://idp.example", "a")).isFalse();
  }

  private static String federated(String issuers) {
    return "tenants: [{name: default, clients: [{id: a, secrets: [{hash: '" + HASH + "'}], grantTypes: "
        + "['urn:ietf:params:oauth:grant-type:jwt-bearer'], jwtBearer: {issuers: [" + issuers + "]}}]}]";
  }

  @Test
  void shouldRefuseARegistryWithoutPartitionCount() {
    Map<EntryKey, String> entries = entries("tenants: [{name: default}]");
    entries.remove(EntryKey.PARTITIONS);
    assertThatThrownBy(() -> snapshot(1, entries)).hasMessageContaining("partition count");
  }

  @Test
  void shouldRememberTheLastSixteenRevisions() {
    // Given
    RevisionHistory history = RevisionHistory.EMPTY;
    for (long revision = 1; revision <= 20; revision++) {
      history = history.with(snapshot(revision, "tenants: [{name: default}]"));
    }

    // Then
    assertThat(history.newest().orElseThrow().revision()).isEqualTo(20);
    assertThat(history.at(4)).isEmpty();
    assertThat(history.at(5)).isPresent();
    assertThat(history.supersededAt(19)).contains(NOW.plusSeconds(20));
    assertThat(history.supersededAt(20)).isEmpty();
    assertThat(history.supersededAt(1)).as("at the latest").contains(NOW.plusSeconds(5));
  }

  @Test
  void shouldLetTheLatestOfAllRevocationsCount() {
    // Given
    Map<EntryKey, String> entries = entries("tenants: [{name: default, clients: [" + client("a", "") + "], revocations: ["
        + "{subject: alice, before: '2026-01-01T00:00:00Z'}, {client: a, before: '2026-01-02T00:00:00Z'},"
        + "{subject: bob, client: a, before: '2026-01-03T00:00:00Z'}]}, {name: other}]");
    CommandedRevocation commanded = new CommandedRevocation("default", new RegisteredRevocation(
        Optional.of("alice"), Optional.empty(), Instant.parse("2026-01-04T00:00:00Z")));
    entries.put(RegistryEntries.key(commanded), RegistryEntries.text(commanded));

    // When
    RegistrySnapshot snapshot = snapshot(3, entries);

    // Then
    Revocations revocations = snapshot.revocations("default");
    assertThat(revocations.revokedBefore("alice", "a")).contains(Instant.parse("2026-01-04T00:00:00Z"));
    assertThat(revocations.revokedBefore("alice", "b")).contains(Instant.parse("2026-01-04T00:00:00Z"));
    assertThat(revocations.revokedBefore("bob", "a")).contains(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(revocations.revokedBefore("carol", "a")).contains(Instant.parse("2026-01-02T00:00:00Z"));
    assertThat(revocations.revokedBefore("bob", "b")).isEmpty();
    assertThat(snapshot.revocations("other").revokedBefore("alice", "a")).isEmpty();
  }

  @Test
  void shouldGatherTheOriginsOfEnabledClients() {
    RegistrySnapshot snapshot = snapshot(3, "tenants: [{name: default, clients: ["
        + client("a", ", allowedOrigins: ['https://a.example', 'https://both.example']") + ", "
        + client("b", ", allowedOrigins: ['https://both.example']") + ", "
        + client("c", ", enabled: false, allowedOrigins: ['https://c.example']") + "]}, {name: other}]");

    assertThat(snapshot.allowedOrigins("default"))
        .containsExactlyInAnyOrder("https://a.example", "https://both.example");
    assertThat(snapshot.allowedOrigins("other")).isEmpty();
    assertThat(snapshot.allowedOrigins("nowhere")).isEmpty();
  }
}
