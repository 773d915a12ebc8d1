package dev.mintlog.registry.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.key.PrivateKeys;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.RegistryFencedException;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.schema.Topics;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation on a real log, at times of our choosing. One registry that the one test takes through its keys' lives. */
class KeyRotationTest {
  private static final Duration BOUND = Duration.ofSeconds(20);
  private static final Duration ROTATE = Duration.ofDays(30);
  private static final Duration ANNOUNCE = Duration.ofHours(1);
  private static final int PARTITIONS = 3;
  private static final String DOCUMENT = "tenants: [{name: default, signingKeys: {rotateEvery: 30d, announceFor: 1h},"
      + " clients: [{id: a, public: true, accessTokenLifetime: 2h}]}, {name: other}]";

  @TempDir
  static Path directory;

  private static TestBroker broker;
  private static RecordCodec codec;
  private static KafkaSettings settings;

  private final SecureRandom random = new SecureRandom();
  private final RootSecret secret = RootSecret.random(random);
  private final SecretRing ring = SecretRing.of(secret);
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @BeforeAll
  static void start() throws Exception {
    broker = new TestBroker(directory, 6_000);
    settings = KafkaSettings.of(broker.bootstrapServers(), true, "key-rotation-test");
    codec = new RecordCodec("mock://key-rotation", true);
    codec.prepare(WireSchemas.of(Topics.REGISTRY), BOUND);
    try (Admin admin = Admins.open(settings)) {
      LogLayout.create(admin, settings, PARTITIONS);
    }
  }

  @AfterAll
  static void stop() throws Exception {
    codec.close();
    broker.close();
  }

  private KeyRotation rotationAt(Instant now) {
    return new KeyRotation(settings, codec, ring, Clock.fixed(now, ZoneOffset.UTC), random);
  }

  /** A clock that lets somebody else begin to publish, the first few times that it is asked. */
  private final class ClockWithOthers extends Clock {
    private int others;

    ClockWithOthers(int others) {
      this.others = others;
    }

    @Override
    public Instant instant() {
      if (others-- > 0) {
        try (KafkaProducer<byte[], byte[]> other = Producers.transactional(settings, "mintlog-registry")) {
          other.initTransactions();
        }
      }
      return start;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private KeyRotation rotationAmongOthers(int others) {
    return new KeyRotation(settings, codec, ring, new ClockWithOthers(others), random);
  }

  private RegistrySnapshot registered() {
    try (RegistryView view =
        RegistryView.open(settings, codec, List.of(RegistryKeys.publicKeyText(secret)), BOUND)) {
      return view.current();
    }
  }

  private static Set<String> kids(RegistrySnapshot registry, String tenant) {
    return registry.keys(tenant).stream().map(PublishedKey::kid).collect(Collectors.toSet());
  }

  @Test
  void shouldAnnounceSignAndTakeAway() {
    // Given
    ApplyOptions options = ApplyOptions.of(Optional.of("http://localhost:8080"), PARTITIONS);
    new RegistryApply(settings, codec, ring, Clock.fixed(start, ZoneOffset.UTC), random)
        .apply(RegistryDocument.parse(DOCUMENT), options);
    RegistrySnapshot first = registered();
    Instant due = first.keys("default").get(0).signFrom().plus(ROTATE).minus(ANNOUNCE);
    assertThat(KeyRotation.isDue(first, due.minusMillis(1))).isFalse();
    assertThat(rotationAt(due.minusMillis(1)).rotateDue().changes()).isEmpty();

    // When the time has come, for one tenant
    assertThat(KeyRotation.isDue(first, due)).isTrue();
    AppliedRevision announced = rotationAt(due).rotateDue();
    AppliedRevision again = rotationAt(due).rotateDue();

    // Then its next keys are there, sealed, once, and the present ones sign until theirs
    RegistrySnapshot second = registered();
    assertThat(announced.changes()).hasSize(4).allSatisfy(change ->
        assertThat(change.toString()).startsWith("added signing-key default/"));
    assertThat(again).isEqualTo(new AppliedRevision(announced.revision(), List.of()));
    assertThat(kids(second, "other")).isEqualTo(kids(first, "other"));
    assertThat(kids(second, "default")).hasSize(8).containsAll(kids(first, "default"));
    for (PublishedKey old : first.keys("default")) {
      assertThat(keyAt(second, old.algorithm(), due.plus(ANNOUNCE).minusMillis(1))).isEqualTo(old.kid());
      assertThat(keyAt(second, old.algorithm(), due.plus(ANNOUNCE))).isNotIn(kids(first, "default"));
    }
    assertThat(second.keys("default")).allSatisfy(key -> {
      assertThat(PrivateKeys.open(key, ring)).isPresent();
      assertThat(key.tokenLifetimeMax()).hasHours(2);
    });

    // And an apply keeps both
    assertThat(new RegistryApply(settings, codec, ring, Clock.fixed(due, ZoneOffset.UTC), random)
        .apply(RegistryDocument.parse(DOCUMENT), options).changes()).isEmpty();

    // And the old ones go when no token of theirs can live any more
    Instant over = due.plus(ANNOUNCE).plus(Duration.ofHours(2)).plus(ANNOUNCE).plusSeconds(15);
    assertThat(rotationAt(over.minusMillis(1)).rotateDue().changes()).isEmpty();
    rotationAt(over).rotateDue();
    assertThat(kids(registered(), "default")).hasSize(4).doesNotContainAnyElementsOf(kids(first, "default"));

    // And an operator need not wait, yet verifiers have their time all the same
    KeyRotation byHand = rotationAt(over.plusSeconds(1));
    AppliedRevision asked = byHand.rotateNow(Optional.of("other"), EnumSet.of(SigningAlgorithm.ES256));
    AppliedRevision twice = byHand.rotateNow(Optional.of("other"), EnumSet.of(SigningAlgorithm.ES256));
    assertThat(asked.changes()).hasSize(1);
    assertThat(twice.changes()).isEmpty();
    assertThat(registered().keys("other").get(4).signFrom())
        .isEqualTo(over.plusSeconds(1).plus(registered().settings("other").signingKeys().announceFor()));
    assertThatThrownBy(() -> byHand.rotateNow(Optional.of("nobody"), EnumSet.allOf(SigningAlgorithm.class)))
        .isInstanceOf(RegistryException.class).hasMessageContaining("'nobody'");

    // And one that was stolen goes at once, and another signs in its place
    Instant stolenAt = over.plusSeconds(2);
    KeyWithdrawal withdrawal =
        new KeyWithdrawal(settings, codec, ring, Clock.fixed(stolenAt, ZoneOffset.UTC), random);
    String stolen = keyAt(registered(), SigningAlgorithm.RS256, stolenAt);
    KeyWithdrawal.Withdrawn withdrawn = withdrawal.withdraw("default", stolen);
    assertThat(withdrawn.applied().changes()).hasSize(2);
    assertThat(kids(registered(), "default")).hasSize(4).doesNotContain(stolen)
        .contains(withdrawn.successor().orElseThrow());
    assertThat(keyAt(registered(), SigningAlgorithm.RS256, stolenAt)).isEqualTo(withdrawn.successor().get());
    assertThat(PrivateKeys.open(registered().key("default", withdrawn.successor().get()).orElseThrow(), ring)).isPresent();
    assertThat(rotationAt(stolenAt).rotateDue().changes()).as("nothing is left to do").isEmpty();
    assertThatThrownBy(() -> withdrawal.withdraw("default", stolen)).isInstanceOf(RegistryException.class)
        .hasMessageContaining("found '" + stolen + "'").hasMessageContaining(withdrawn.successor().get() + " (RS256)");
    assertThatThrownBy(() -> withdrawal.withdraw("nobody", stolen)).isInstanceOf(RegistryException.class)
        .hasMessageContaining("'nobody'");

    // And an operator need not ask twice where others publish, unless they go on and on
    assertThatThrownBy(() -> rotationAmongOthers(5).rotateNow(Optional.of("other"), EnumSet.of(SigningAlgorithm.RS256)))
        .isInstanceOf(RegistryFencedException.class);
    assertThat(rotationAmongOthers(4).rotateNow(Optional.of("other"), EnumSet.of(SigningAlgorithm.RS256)).changes())
        .hasSize(1);
  }

  private static String keyAt(RegistrySnapshot registry, SigningAlgorithm algorithm, Instant time) {
    return registry.tenant("default").orElseThrow().signingKeyAt(algorithm, time).orElseThrow().kid();
  }
}
