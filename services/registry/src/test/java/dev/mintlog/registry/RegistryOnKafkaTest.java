package dev.mintlog.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.apply.ApplyOptions;
import dev.mintlog.registry.apply.RegistryApply;
import dev.mintlog.registry.apply.RegistryExport;
import dev.mintlog.registry.apply.RevocationPublication;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.key.PrivateKeys;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.RegistryTopic;
import dev.mintlog.registry.log.SignedRecord;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.registry.tenant.CommandedRevocation;
import dev.mintlog.registry.tenant.RegisteredRevocation;
import dev.mintlog.schema.Headers;
import dev.mintlog.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryOnKafkaTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final int PARTITIONS = 3;

  @TempDir
  static Path directory;

  private static TestBroker broker;
  private static RecordCodec codec;
  private static KafkaSettings settings;

  private final SecureRandom random = new SecureRandom();
  private final RootSecret keyEncryptionKey = RootSecret.random(random);
  private final SecretRing ring = SecretRing.of(keyEncryptionKey);
  private final List<String> publicKeys = List.of(RegistryKeys.publicKeyText(keyEncryptionKey));
  private final ApplyOptions options = ApplyOptions.of(Optional.of("http://localhost:8080"), PARTITIONS);

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(directory, 6_000);
    settings = KafkaSettings.of(broker.bootstrapServers(), true, "registry-test");
    codec = new RecordCodec("mock://registry-on-kafka", true);
    codec.prepare(WireSchemas.of(Topics.REGISTRY), BOUND);
  }

  @AfterAll
  static void stop() throws Exception {
    codec.close();
    broker.close();
  }

  @BeforeEach
  void emptyTopic() throws Exception {
    try (Admin admin = Admins.open(settings)) {
      if (admin.listTopics().names().get(20, TimeUnit.SECONDS).contains(Topics.REGISTRY)) {
        admin.deleteTopics(List.of(Topics.REGISTRY)).all().get(20, TimeUnit.SECONDS);
        await().atMost(BOUND).until(
            () -> !admin.listTopics().names().get(20, TimeUnit.SECONDS).contains(Topics.REGISTRY));
      }
      LogLayout.create(admin, settings, PARTITIONS);
    }
  }

  private RegistryApply apply() {
    return new RegistryApply(settings, codec, ring, Clock.systemUTC(), random);
  }

  private AppliedRevision apply(String yaml) {
    return apply().apply(RegistryDocument.parse(yaml), options);
  }

  private RegistryView open() {
    return RegistryView.open(settings, codec, publicKeys, BOUND);
  }

  private static String clients(String... clients) {
    return "tenants: [{name: default, clients: [" + String.join(", ", clients) + "]}]";
  }

  private static String client(String id, String more) {
    return "{id: " + id + ", public: true, grantTypes: [refresh_token], signingAlgorithm: ES256" + more + "}";
  }

  private static void append(byte[] key, byte[] value, byte[] signature) throws Exception {
    List<Header> headers = signature == null ? List.of() : List.of(new RecordHeader(Headers.SIGNATURE, signature));
    try (KafkaProducer<byte[], byte[]> producer = Producers.processor(settings)) {
      producer.send(new ProducerRecord<>(Topics.REGISTRY, 0, null, key, value, headers)).get(20, TimeUnit.SECONDS);
    }
  }

  private static List<SignedRecord> records() {
    List<SignedRecord> records = new ArrayList<>();
    try (RegistryTopic topic = RegistryTopic.open(settings, BOUND)) {
      topic.readToEnd(records::add, BOUND);
    }
    return records;
  }

  @Test
  void shouldShowWhatWasAppliedAndFollowWhatIsAppliedNext() {
    // Given
    AppliedRevision first = apply(clients(client("a", ""), client("b", "")));
    try (RegistryView view = open()) {
      List<Long> told = new ArrayList<>();
      CompletableFuture<RegistrySnapshot> second = new CompletableFuture<>();
      view.onRevision(snapshot -> told.add(snapshot.revision()));
      view.onRevision(second::complete);
      assertThat(first.revision()).isEqualTo(1);
      assertThat(view.current().revision()).isEqualTo(1);
      assertThat(view.current().partitions()).isEqualTo(PARTITIONS);
      assertThat(view.current().client("default", "b").orElseThrow().client().enabled()).isTrue();

      // When
      AppliedRevision applied = apply(clients(client("a", ""), client("b", ", enabled: false")));

      // Then
      assertThat(applied.changes()).hasToString("[changed client default/b]");
      await().atMost(BOUND).until(second::isDone);
      assertThat(second.join().client("default", "b").orElseThrow().client().enabled()).isFalse();
      assertThat(view.current()).isSameAs(second.join());
      assertThat(view.at(1)).isPresent();
      assertThat(view.supersededAt(1)).contains(view.current().publishedAt());
      assertThat(view.supersededAt(2)).isEmpty();
      assertThat(told).containsExactly(2L);
      assertThat(view.problem()).isEmpty();
      assertThat(view.refused()).isZero();
    }
  }

  @Test
  void shouldChangeNothingTheSecondTime() {
    apply(clients(client("a", "")));
    AppliedRevision again = apply(clients(client("a", "")));
    assertThat(again).isEqualTo(new AppliedRevision(1, List.of()));
  }

  @Test
  void shouldMakeAKeyOfEachAlgorithmForANewTenantAndKeepThem() {
    // Given
    apply(clients(client("a", "")));
    List<PublishedKey> made;
    try (RegistryView view = open()) {
      made = view.current().keys("default");
      assertThat(made).extracting(PublishedKey::algorithm).containsExactlyInAnyOrder(SigningAlgorithm.values());
      assertThat(made).allSatisfy(key -> {
        assertThat(PrivateKeys.open(key, ring)).isPresent();
        assertThat(view.current().tenant("default").orElseThrow().signingKeyAt(key.algorithm(), Instant.now()))
            .contains(key.ref());
      });
    }

    // When
    apply(clients(client("a", ""), "{id: c, public: true, signingAlgorithm: EdDSA}"));

    // Then
    try (RegistryView view = open()) {
      assertThat(view.current().keys("default")).extracting(PublishedKey::publicJwk)
          .isEqualTo(made.stream().map(PublishedKey::publicJwk).toList());
    }
  }

  @Test
  void shouldRememberTheLongestLifetimeThatTokensOfAKeyHaveHad() {
    apply(clients(client("a", ", accessTokenLifetime: 2h, idTokenLifetime: 3h")));
    apply(clients(client("a", ", accessTokenLifetime: 5h, idTokenLifetime: 3h")));
    apply(clients(client("a", ", accessTokenLifetime: 1m, idTokenLifetime: 1m")));

    try (RegistryView view = open()) {
      assertThat(view.current().keys("default"))
          .allSatisfy(key -> assertThat(key.tokenLifetimeMax()).hasHours(5));
    }
  }

  @Test
  void shouldExportWhatCanBeAppliedWithoutChange() {
    // Given
    apply("tenants: [{name: default, apiResources: [{name: api, scopes: [read]}], users: [{subject: s, username: u,"
        + " claims: {a: 1}}], clients: [" + client("a", "") + "]}]");
    String exported;
    try (RegistryView view = open()) {
      exported = RegistryExport.yaml(view.current());
    }

    // When
    AppliedRevision again = apply(exported);

    // Then
    assertThat(again.changes()).isEmpty();
    assertThat(exported).doesNotContain("sealedPrivate").doesNotContain("signing-key");
  }

  @Test
  void shouldDropWhatOthersWriteAndWhatIsReplayed() throws Exception {
    // Given
    apply(clients(client("a", "")));
    List<SignedRecord> old = records();
    apply(clients(client("a", ", enabled: false")));
    try (RegistryView view = open()) {
      // When
      append("default/client/evil".getBytes(StandardCharsets.UTF_8), new byte[] {0, 0, 0, 0, 1}, null);
      append("default/client/a".getBytes(StandardCharsets.UTF_8), null, null);
      for (SignedRecord record : old) {
        append(record.key(), record.value(), record.signature());
      }

      // Then
      await().atMost(BOUND).until(() -> view.refused() == 2 + old.size());
      assertThat(view.current().revision()).isEqualTo(2);
      assertThat(view.current().client("default", "a").orElseThrow().client().enabled()).isFalse();
    }
    // And a service that starts sees the same
    try (RegistryView view = open()) {
      assertThat(view.current().revision()).isEqualTo(2);
    }
  }

  @Test
  void shouldIgnoreATransactionThatWasNotCommitted() {
    // Given
    apply(clients(client("a", "")));
    SignedRecord genuine = records().get(0);
    try (KafkaProducer<byte[], byte[]> producer = Producers.transactional(settings, "another")) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(Topics.REGISTRY, 0, genuine.key(), genuine.value()));
      producer.flush();
      producer.abortTransaction();
    }

    // When / Then
    try (RegistryView view = open()) {
      assertThat(view.refused()).isZero();
      assertThat(view.current().revision()).isEqualTo(1);
    }
  }

  @Test
  void shouldFenceAnApplyThatBeganBefore() {
    // Given: an apply that stands still in the midst of its transaction
    apply(clients(client("a", "")));
    SignedRecord genuine = records().get(0);
    try (KafkaProducer<byte[], byte[]> paused = Producers.transactional(settings, "mintlog-registry")) {
      paused.initTransactions();
      paused.beginTransaction();
      paused.send(new ProducerRecord<>(Topics.REGISTRY, 0, genuine.key(), genuine.value()));
      paused.flush();

      // When
      AppliedRevision later = apply(clients(client("b", "")));

      // Then
      assertThat(later.revision()).isEqualTo(2);
      assertThatThrownBy(paused::commitTransaction).isInstanceOf(RuntimeException.class);
    }
  }

  @Test
  void shouldRefuseAnotherPartitionCount() {
    apply(clients(client("a", "")));
    assertThatThrownBy(() -> apply().apply(RegistryDocument.parse(clients(client("b", ""))),
        ApplyOptions.of(Optional.of("http://localhost:8080"), PARTITIONS + 1)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("(3), found 4");
  }

  @Test
  void shouldRepairADamagedTopic() throws Exception {
    // Given: a topic that lost all of a revision but one entry and the record that closes over it
    apply(clients(client("a", "")));
    List<SignedRecord> whole = records();
    emptyTopic();
    for (SignedRecord record : List.of(whole.get(0), whole.get(whole.size() - 1))) {
      append(record.key(), record.value(), record.signature());
    }
    assertThatThrownBy(() -> RegistryView.open(settings, codec, publicKeys, SHORT))
        .isInstanceOf(ChannelStartException.class)
        .hasMessageContaining("damaged or tampered")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> apply(clients(client("a", ""))))
        .isInstanceOf(RegistryException.class).hasMessageContaining("--rewrite");

    // When
    apply().apply(RegistryDocument.parse(clients(client("a", ""))), options.withRewrite());

    // Then
    try (RegistryView view = open()) {
      assertThat(view.current().client("default", "a")).isPresent();
    }
  }

  @Test
  void shouldSignAndSealWithANewKeyEncryptionKey() {
    // Given
    apply(clients(client("a", "")));
    RootSecret next = RootSecret.random(random);
    SecretRing both = new SecretRing(next, List.of(keyEncryptionKey));

    // When
    new RegistryApply(settings, codec, both, Clock.systemUTC(), random)
        .apply(RegistryDocument.parse(clients(client("a", ""))), options.withRewrite());

    // Then
    List<String> newKeyAlone = List.of(RegistryKeys.publicKeyText(next));
    try (RegistryView view = RegistryView.open(settings, codec, newKeyAlone, BOUND)) {
      assertThat(view.current().keys("default")).isNotEmpty()
          .allSatisfy(key -> assertThat(PrivateKeys.open(key, SecretRing.of(next))).isPresent());
    }
  }

  @Test
  void shouldSayInOneLineWhyItCannotStart() {
    // Nothing published
    assertThatThrownBy(() -> RegistryView.open(settings, codec, publicKeys, SHORT))
        .isInstanceOf(ChannelStartException.class)
        .hasMessage("registry: expected a revision within 2 s, found none; publish one with `mintlog registry apply -f"
            + " registry.yaml`");

    // Another operator's
    apply(clients(client("a", "")));
    List<String> others = List.of(RegistryKeys.publicKeyText(RootSecret.random(random)));
    assertThatThrownBy(() -> RegistryView.open(settings, codec, others, BOUND))
        .isInstanceOf(ChannelStartException.class)
        .hasMessageContaining("registry.public-key");
    assertThatThrownBy(() -> RegistryView.open(settings, codec, List.of("short"), BOUND))
        .isInstanceOf(ChannelStartException.class)
        .hasMessageStartingWith("registry.public-key: expected");

    // No Kafka
    KafkaSettings nowhere = KafkaSettings.of("127.0.0.1:1", true, "registry-test");
    assertThatThrownBy(() -> RegistryView.open(nowhere, codec, publicKeys, SHORT))
        .isInstanceOf(ChannelStartException.class)
        .hasMessageContaining("127.0.0.1:1").hasMessageNotContaining("\n");
  }

  @Test
  void shouldWaitForTheFirstRevision() {
    // Given
    CompletableFuture<RegistryView> opening = CompletableFuture.supplyAsync(this::open);

    // When
    apply(clients(client("a", "")));

    // Then
    try (RegistryView view = opening.orTimeout(20, TimeUnit.SECONDS).join()) {
      assertThat(view.current().revision()).isEqualTo(1);
    }
  }

  private RevocationPublication revocations(Clock clock) {
    return new RevocationPublication(settings, codec, ring, clock);
  }

  private static CommandedRevocation revocation(String subject, Instant before) {
    return new CommandedRevocation("default",
        new RegisteredRevocation(Optional.of(subject), Optional.empty(), before));
  }

  @Test
  void shouldKeepCommandedRevocationsWhateverIsAppliedNext() {
    // Given
    Instant noon = Instant.now();
    apply(clients(client("a", "")));

    // When
    AppliedRevision published =
        revocations(Clock.systemUTC()).publish(List.of(revocation("alice", noon), revocation("bob", noon)));
    AppliedRevision applied = apply(clients(client("a", ""), client("b", "")));

    // Then
    assertThat(published.revision()).isEqualTo(2);
    assertThat(applied.changes()).hasToString("[added client default/b]");
    try (RegistryView view = open()) {
      assertThat(view.current().revocations("default").revokedBefore("alice", "a")).contains(noon);
      assertThat(view.current().revocations("default").revokedBefore("bob", "a")).contains(noon);
      assertThat(view.current().revocations("default").revokedBefore("carol", "a")).isEmpty();
      assertThat(RegistryExport.yaml(view.current())).as("not the document's").doesNotContain("alice");
    }
  }

  @Test
  void shouldPublishNothingForARevocationThatIsThereOrAnOlderOne() {
    Instant noon = Instant.now();
    apply(clients(client("a", "")));
    revocations(Clock.systemUTC()).publish(List.of(revocation("alice", noon)));

    assertThat(revocations(Clock.systemUTC()).publish(List.of(revocation("alice", noon))).revision()).isEqualTo(2);
    assertThat(revocations(Clock.systemUTC()).publish(List.of(revocation("alice", noon.minusSeconds(1)))).changes())
        .isEmpty();
    assertThat(revocations(Clock.systemUTC()).publish(List.of(revocation("alice", noon.plusSeconds(1)))).revision())
        .isEqualTo(3);
  }

  @Test
  void shouldForgetARevocationThatNothingCanHaveOutlived() {
    // Given
    Instant before = Instant.now();
    apply().apply(RegistryDocument.parse(
        clients(client("a", ""), client("b", ", refresh: {absoluteLifetime: 500d, slidingLifetime: 500d}"))),
        options.withAuthorizationsKept(Duration.ofDays(500)));
    revocations(Clock.systemUTC()).publish(List.of(revocation("alice", before)));

    // Then
    Clock still = Clock.fixed(before.plus(Duration.ofDays(529)), ZoneOffset.UTC);
    assertThat(revocations(still).publish(List.of(revocation("bob", still.instant()))).changes()).hasSize(1);
    Clock later = Clock.fixed(before.plus(Duration.ofDays(531)), ZoneOffset.UTC);
    assertThat(revocations(later).publish(List.of(revocation("bob", later.instant()))).changes())
        .extracting(change -> change.kind().name()).containsExactlyInAnyOrder("REMOVED", "CHANGED");
  }

  @Test
  void shouldRefuseAuthorizationsThatOutliveTheirChangelog() {
    apply(clients(client("a", ""), client("b", ", refresh: {absoluteLifetime: 400d}")));

    assertThatThrownBy(() -> apply(clients(client("a", ""), client("b", ", refresh: {absoluteLifetime: 401d}"))))
        .isInstanceOf(InvalidRegistryException.class).hasMessage("tenants[0].clients[1].refresh.absoluteLifetime: expected"
            + " at most 400d, which the topic 'authorizations' is kept, found 401d (client 'b'); shorten it, or raise"
            + " retention.ms of the topic first");
  }

  @Test
  void shouldRefuseToRevokeInATopicThatIsNotWhole() throws Exception {
    apply(clients(client("a", "")));
    List<SignedRecord> own = records();
    apply(clients(client("a", ", enabled: false")));
    List<SignedRecord> both = records();
    emptyTopic();
    for (SignedRecord record : own) {
      append(record.key(), record.value(), record.signature());
    }
    SignedRecord unclosed = both.get(own.size());
    append(unclosed.key(), unclosed.value(), unclosed.signature());

    assertThatThrownBy(() -> revocations(Clock.systemUTC()).publish(List.of(revocation("alice", Instant.now()))))
        .isInstanceOf(RegistryException.class).hasMessageContaining("--rewrite");
  }
}
