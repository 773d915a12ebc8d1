package dev.mintlog.registry.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.RegistryException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/**
 * Publishes a document: what differs from what is registered, in one transaction, closed over by a signed revision. What
 * the document does not name is removed; signing keys are made for new tenants and otherwise kept, and so are revocations
 * that were commanded.
 */
public final class RegistryApply {
  private final RegistryTransaction transaction;
  private final SigningKeysInUse signingKeys;
  private final Clock clock;

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs and seals; records of all are accepted
   */
  public RegistryApply(
      KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys, Clock clock, SecureRandom random) {
    this.transaction = new RegistryTransaction(settings, codec, keyEncryptionKeys);
    this.signingKeys = new SigningKeysInUse(new SigningKeyGenerator(keyEncryptionKeys, random), keyEncryptionKeys);
    this.clock = clock;
  }

  /**
   * Applies a document, and returns when what was published has been read back.
   *
   * @throws dev.mintlog.registry.document.text.InvalidRegistryException where the document lacks an issuer, or has
   *     authorizations outlive their changelog
   * @throws RegistryException one line, where the topic is damaged, Kafka is away or another apply began
   */
  public AppliedRevision apply(RegistryDocument document, ApplyOptions options) {
    LifetimeCheck.require(document, options.authorizationsKept());
    Map<EntryKey, String> entries = RegistryEntries.of(document, options.publicUrl());
    return transaction.publish(options.bound(), materialiser -> plan(document, entries, materialiser, options));
  }

  private RegistryPlan plan(RegistryDocument document, Map<EntryKey, String> entries, Materialiser materialiser,
      ApplyOptions options) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (!options.rewrite()) {
      RegistryTransaction.requireWhole(materialiser);
    }
    Map<EntryKey, Entry> known = materialiser.newest();
    Map<EntryKey, String> live = RegistryTransaction.live(known);
    Map<EntryKey, String> wanted = new HashMap<>(entries);
    wanted.putAll(signingKeys.of(document, live, options.rewrite(), now));
    wanted.put(EntryKey.PARTITIONS, partitions(live, options));
    live.forEach((key, text) -> {
      if (!isOurs(key)) {
        wanted.put(key, text);
      }
    });
    return RegistryPlan.of(wanted, known, materialiser.newestNumber() + 1, options.rewrite(), now);
  }

  private static String partitions(Map<EntryKey, String> live, ApplyOptions options) {
    ObjectNode node = CanonicalJson.object();
    node.put("partitions", options.partitions());
    String text = CanonicalJson.write(node);
    String recorded = live.get(EntryKey.PARTITIONS);
    // Commands of one authorization meet in one partition only as long as their number stays.
    if (recorded != null && !recorded.equals(text)) {
      throw new RegistryException("expected the topics to have as many partitions as the registry records ("
          + CanonicalJson.read(recorded).path("partitions").asText() + "), found " + options.partitions()
          + "; the number is fixed when they are created");
    }
    return text;
  }

  /** Kinds that no document says are left alone: commanded revocations, and those of a newer version. */
  private static boolean isOurs(EntryKey key) {
    return RegistryEntries.KINDS.contains(key.kind()) || key.kind().equals(EntryKey.SIGNING_KEY)
        || key.equals(EntryKey.PARTITIONS);
  }
}
