package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.key.KeySchedule;
import dev.mintlog.registry.key.KeySchedule.Coming;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.RegistryException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Publishes new signing keys and takes away those that are over, in a revision of its own. Any number may try at once:
 * each decides on what is registered while nobody else can publish, so the second finds nothing left to do.
 */
public final class KeyRotation {
  /** An RSA key takes some tenths of a second to make; the rest waits for the next revision. */
  static final int KEYS_PER_REVISION_MAX = 64;

  private static final Duration BOUND = Duration.ofSeconds(30);

  private final RegistryTransaction transaction;
  private final Clock clock;
  private final SigningKeyGenerator generator;

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs and seals; records of all are accepted
   */
  public KeyRotation(
      KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys, Clock clock, SecureRandom random) {
    this.transaction = new RegistryTransaction(settings, codec, keyEncryptionKeys);
    this.clock = clock;
    this.generator = new SigningKeyGenerator(keyEncryptionKeys, random);
  }

  /** Whether {@link #rotateDue} would find something to do. */
  public static boolean isDue(RegistrySnapshot registry, Instant now) {
    return registry.tenantNames().stream().anyMatch(tenant -> {
      KeySchedule schedule = new KeySchedule(registry.keys(tenant), registry.settings(tenant).signingKeys());
      return !schedule.due(now).isEmpty() || !schedule.over(now).isEmpty();
    });
  }

  /**
   * What the time asks for: announces keys, and takes away those whose last token has ended.
   *
   * @return without changes where nothing was due
   * @throws RegistryException one line, where the topic is damaged, Kafka is away or somebody else began to publish
   */
  public AppliedRevision rotateDue() {
    return transaction.publish(BOUND, materialiser -> plan(materialiser, Optional.empty(), KeySchedule::due, true));
  }

  /**
   * What an operator asks for: announces the next keys now.
   *
   * @param tenant empty for all
   * @param algorithms whose keys to rotate
   * @return without changes where the next keys are announced already
   * @throws RegistryException as above, and where there is no such tenant
   */
  public AppliedRevision rotateNow(Optional<String> tenant, Set<SigningAlgorithm> algorithms) {
    return transaction.publishInTurn(BOUND, materialiser ->
        plan(materialiser, tenant, (schedule, now) -> schedule.next(algorithms, now), false));
  }

  private RegistryPlan plan(Materialiser materialiser, Optional<String> tenant,
      BiFunction<KeySchedule, Instant, List<Coming>> choice, boolean clears) {
    RegistryTransaction.requireWhole(materialiser);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<EntryKey, Entry> known = materialiser.newest();
    Map<EntryKey, String> live = RegistryTransaction.live(known);
    Map<EntryKey, String> wanted = wanted(live, tenants(live, tenant), choice, clears, now);
    return RegistryPlan.of(wanted, known, materialiser.newestNumber() + 1, false, now);
  }

  private static List<TenantDocument> tenants(Map<EntryKey, String> live, Optional<String> wanted) {
    List<TenantDocument> tenants = RegistryEntries.toDocument(live).tenants().stream()
        .filter(tenant -> wanted.isEmpty() || wanted.get().equals(tenant.name()))
        .toList();
    if (wanted.isPresent() && tenants.isEmpty()) {
      throw new RegistryException("expected a registered tenant, found none of the name '" + wanted.get() + "'");
    }
    return tenants;
  }

  private Map<EntryKey, String> wanted(
      Map<EntryKey, String> live, List<TenantDocument> tenants,
      BiFunction<KeySchedule, Instant, List<Coming>> choice, boolean clears, Instant now) {
    Map<EntryKey, String> wanted = new HashMap<>(live);
    int made = 0;
    for (TenantDocument tenant : tenants) {
      List<PublishedKey> keys = SigningKeysInUse.published(live, tenant.name());
      KeySchedule schedule = new KeySchedule(keys, tenant.settings().signingKeys());
      if (clears) {
        schedule.over(now).forEach(key -> wanted.remove(SigningKeyForm.key(key)));
      }
      for (Coming coming : choice.apply(schedule, now)) {
        if (made == KEYS_PER_REVISION_MAX) {
          return wanted;
        }
        PublishedKey key = made(tenant, coming, now);
        wanted.put(SigningKeyForm.key(key), SigningKeyForm.write(key));
        made++;
      }
    }
    return wanted;
  }

  private PublishedKey made(TenantDocument tenant, Coming coming, Instant now) {
    return generator.generate(tenant.name(), coming.algorithm(), coming.signFrom(), now)
        .withTokenLifetimeMax(TokenLifetimes.longest(tenant));
  }
}
