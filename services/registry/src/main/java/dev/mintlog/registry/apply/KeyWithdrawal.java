package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.document.TenantDocument;
import dev.mintlog.registry.key.KeySchedule;
import dev.mintlog.registry.key.PublishedKey;
import dev.mintlog.registry.key.SigningKeyForm;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.EntryKey;
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
import java.util.stream.Collectors;

/**
 * Takes a signing key away at once because somebody else has it, in a revision of its own. Nothing that it signed counts
 * any more; where it was in force another one signs from now on, unannounced.
 */
public final class KeyWithdrawal {
  private static final Duration BOUND = Duration.ofSeconds(30);

  private final RegistryTransaction transaction;
  private final Clock clock;
  private final SigningKeyGenerator generator;

  /**
   * What was done.
   *
   * @param successor kid of the key that was made in its place; empty where it was not in force
   * @param jwksMaxAge how long verifiers may go by the JWKS of before
   */
  public record Withdrawn(AppliedRevision applied, Optional<String> successor, Duration jwksMaxAge) {}

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs and seals; records of all are accepted
   */
  public KeyWithdrawal(
      KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys, Clock clock, SecureRandom random) {
    this.transaction = new RegistryTransaction(settings, codec, keyEncryptionKeys);
    this.clock = clock;
    this.generator = new SigningKeyGenerator(keyEncryptionKeys, random);
  }

  /** One withdrawal, while it is being planned. */
  private final class Plan {
    private Optional<String> successor = Optional.empty();
    private Duration jwksMaxAge = Duration.ZERO;

    Map<EntryKey, String> wanted(Map<EntryKey, String> live, String tenantName, String kid, Instant now) {
      TenantDocument tenant = RegistryEntries.toDocument(live).tenants().stream()
          .filter(found -> found.name().equals(tenantName)).findFirst()
          .orElseThrow(() -> new RegistryException(
              "expected a registered tenant, found none of the name '" + tenantName + "'"));
      successor = Optional.empty();
      jwksMaxAge = tenant.settings().signingKeys().jwksMaxAge();
      List<PublishedKey> keys = SigningKeysInUse.published(live, tenantName);
      PublishedKey stolen = keys.stream().filter(key -> key.kid().equals(kid)).findFirst()
          .orElseThrow(() -> new RegistryException("expected the kid of a signing key of tenant " + tenantName
              + ", which are " + kids(keys) + ", found '" + kid + "'"));
      Map<EntryKey, String> wanted = new HashMap<>(live);
      wanted.remove(SigningKeyForm.key(stolen));
      new KeySchedule(keys, tenant.settings().signingKeys()).inPlaceOf(stolen, now).ifPresent(coming -> {
        PublishedKey fresh = generator.generate(tenantName, coming.algorithm(), coming.signFrom(), now)
            .withTokenLifetimeMax(TokenLifetimes.longest(tenant));
        wanted.put(SigningKeyForm.key(fresh), SigningKeyForm.write(fresh));
        successor = Optional.of(fresh.kid());
      });
      return wanted;
    }
  }

  /**
   * Withdraws a key; returns when the revision has been read back.
   *
   * @throws RegistryException one line, where there is no such tenant or key, the topic is damaged, Kafka is away or
   *     others went on publishing
   */
  public Withdrawn withdraw(String tenant, String kid) {
    Plan plan = new Plan();
    AppliedRevision applied = transaction.publishInTurn(BOUND, materialiser -> {
      RegistryTransaction.requireWhole(materialiser);
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Map<EntryKey, String> live = RegistryTransaction.live(materialiser.newest());
      return RegistryPlan.of(plan.wanted(live, tenant, kid, now), materialiser.newest(),
          materialiser.newestNumber() + 1, false, now);
    });
    return new Withdrawn(applied, plan.successor, plan.jwksMaxAge);
  }

  private static String kids(List<PublishedKey> keys) {
    return keys.stream().sorted(PublishedKey.IN_ORDER_OF_USE)
        .map(key -> key.kid() + " (" + key.algorithm().jws() + ")").collect(Collectors.joining(", "));
  }
}
