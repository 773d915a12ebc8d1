package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.tenant.CommandedRevocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Publishes revocations that were commanded, beside what the operator's document says: an apply leaves them alone. The
 * same one again, or an older one of the same subject and client, changes nothing.
 */
public final class RevocationPublication {
  /** A revocation is kept at least so long, and longer where a client's authorizations live longer. */
  public static final Duration KEPT_MIN = Duration.ofDays(400);

  /** What an authorization's last token may live on when it ends, and time to be sure. */
  private static final Duration AFTERLIFE_MAX = Duration.ofDays(30);

  private static final Duration BOUND = Duration.ofSeconds(10);

  private final RegistryTransaction transaction;
  private final Clock clock;

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs; records of all are accepted
   */
  public RevocationPublication(
      KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys, Clock clock) {
    this.transaction = new RegistryTransaction(settings, codec, keyEncryptionKeys);
    this.clock = clock;
  }

  /**
   * Publishes all of them as one revision, and returns when it has been read back.
   *
   * @throws dev.mintlog.registry.log.RegistryException one line, where the topic is damaged, Kafka is away or others
   *     went on publishing
   */
  public AppliedRevision publish(List<CommandedRevocation> revocations) {
    return transaction.publishInTurn(BOUND, materialiser -> plan(revocations, materialiser));
  }

  private RegistryPlan plan(List<CommandedRevocation> revocations, Materialiser materialiser) {
    RegistryTransaction.requireWhole(materialiser);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Map<EntryKey, Entry> known = materialiser.newest();
    Map<EntryKey, String> wanted = RegistryTransaction.live(known);
    revocations.forEach(revocation -> wanted.merge(RegistryEntries.key(revocation), RegistryEntries.text(revocation),
        RegistryEntries::laterRevocation));
    Instant outlived = now.minus(kept(wanted));
    wanted.entrySet().removeIf(entry -> entry.getKey().kind().equals(EntryKey.COMMANDED_REVOCATION)
        && RegistryEntries.revocation(entry.getKey(), entry.getValue()).before().isBefore(outlived));
    return RegistryPlan.of(wanted, known, materialiser.newestNumber() + 1, false, now);
  }

  private static Duration kept(Map<EntryKey, String> live) {
    return RegistryEntries.toDocument(live).tenants().stream()
        .flatMap(tenant -> tenant.clients().stream())
        .map(client -> client.client().refresh().absoluteLifetime().plus(AFTERLIFE_MAX))
        .reduce(KEPT_MIN, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }
}
