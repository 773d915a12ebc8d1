package dev.mintlog.registry.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.document.CanonicalJson;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.RegistryEntries;
import dev.mintlog.registry.key.RegistryKeys;
import dev.mintlog.registry.key.RegistrySigner;
import dev.mintlog.registry.key.SigningKeyGenerator;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.RegistryRecords;
import dev.mintlog.registry.log.RegistryTopic;
import dev.mintlog.registry.log.RegistryWire;
import dev.mintlog.registry.log.SignedRecord;
import dev.mintlog.schema.Headers;
import dev.mintlog.schema.Topics;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Publishes a document: what differs from what is registered, in one transaction, closed over by a signed revision. What
 * the document does not name is removed; signing keys are made where they are missing and otherwise kept.
 */
public final class RegistryApply {
  /** Fixed: who begins second fences who began first, so that two never publish one revision each over the same one. */
  private static final String TRANSACTIONAL_ID = "mintlog-registry";

  private final KafkaSettings settings;
  private final RegistryRecords records;
  private final RegistrySigner signer;
  private final SigningKeysInUse signingKeys;
  private final Clock clock;

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs and seals; records of all are accepted
   */
  public RegistryApply(
      KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys, Clock clock, SecureRandom random) {
    this.settings = settings;
    this.records = new RegistryRecords(RegistryWire.of(codec), RegistryKeys.verifier(keyEncryptionKeys));
    this.signer = RegistryKeys.signer(keyEncryptionKeys.current());
    this.signingKeys = new SigningKeysInUse(new SigningKeyGenerator(keyEncryptionKeys, random), keyEncryptionKeys);
    this.clock = clock;
  }

  /**
   * Applies a document, and returns when what was published has been read back.
   *
   * @throws dev.mintlog.registry.document.InvalidRegistryException where the document lacks an issuer
   * @throws RegistryException one line, where the topic is damaged, Kafka is away or another apply began
   */
  public AppliedRevision apply(RegistryDocument document, ApplyOptions options) {
    Map<EntryKey, String> entries = RegistryEntries.of(document, options.publicUrl());
    try (KafkaProducer<byte[], byte[]> producer = Producers.transactional(settings, TRANSACTIONAL_ID)) {
      try {
        // Before reading: from here on nobody else can publish, so what is read is what the difference is from.
        producer.initTransactions();
        return apply(producer, document, entries, options);
      } catch (KafkaException e) {
        throw failure(e);
      } finally {
        // Closing waits for what is under way, without end by itself.
        producer.close(options.bound());
      }
    }
  }

  private RegistryException failure(KafkaException e) {
    if (isFencing(e) || isFencing(e.getCause())) {
      return new RegistryException("another `mintlog registry apply` began meanwhile; nothing of this one counts", e);
    }
    return new RegistryException("kafka.bootstrap-servers: expected to publish the registry at "
        + settings.bootstrapServers() + ", found: " + e.getMessage(), e);
  }

  private static boolean isFencing(Throwable e) {
    return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
  }

  private AppliedRevision apply(KafkaProducer<byte[], byte[]> producer, RegistryDocument document,
      Map<EntryKey, String> entries, ApplyOptions options) {
    Materialiser materialiser = new Materialiser(records, 0);
    try (RegistryTopic topic = RegistryTopic.open(settings, options.bound())) {
      topic.readToEnd(materialiser::accept, options.bound());
      RegistryPlan plan = plan(document, entries, materialiser, options);
      if (plan.isEmpty()) {
        return new AppliedRevision(materialiser.current().orElseThrow().number(), List.of());
      }
      publish(producer, plan);
      readBack(topic, materialiser, plan, options.bound());
      return new AppliedRevision(plan.revision().number(), plan.changes());
    }
  }

  private RegistryPlan plan(RegistryDocument document, Map<EntryKey, String> entries, Materialiser materialiser,
      ApplyOptions options) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    checkWhole(materialiser, options);
    Map<EntryKey, Entry> known = materialiser.newest();
    Map<EntryKey, String> live = new HashMap<>();
    known.forEach((key, entry) -> {
      if (!entry.isGone()) {
        live.put(key, entry.document());
      }
    });
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

  private static void checkWhole(Materialiser materialiser, ApplyOptions options) {
    if (options.rewrite()) {
      return;
    }
    materialiser.problem().ifPresent(problem -> {
      throw new RegistryException("registry: " + problem);
    });
    if (!materialiser.unclosed().isEmpty()) {
      throw new RegistryException("registry: expected every entry to be closed over by a revision, found "
          + materialiser.unclosed().size() + " that are not: the registry topic was damaged or tampered with; publish"
          + " again with `mintlog registry apply --rewrite`");
    }
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

  /** Kinds of a newer version are left alone. */
  private static boolean isOurs(EntryKey key) {
    return RegistryEntries.KINDS.contains(key.kind()) || key.kind().equals(EntryKey.SIGNING_KEY)
        || key.equals(EntryKey.PARTITIONS);
  }

  private void publish(KafkaProducer<byte[], byte[]> producer, RegistryPlan plan) {
    producer.beginTransaction();
    plan.entries().forEach(entry -> send(producer, records.entry(entry, signer)));
    send(producer, records.revision(plan.revision(), signer));
    // Throws what any of the sends failed with.
    producer.commitTransaction();
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, SignedRecord signed) {
    producer.send(new ProducerRecord<>(Topics.REGISTRY, 0, null, signed.key(), signed.value(),
        List.of(new RecordHeader(Headers.SIGNATURE, signed.signature()))));
  }

  // A commit is answered before its markers are written, so that the end of what is committed may lag behind it.
  private static void readBack(RegistryTopic topic, Materialiser materialiser, RegistryPlan plan, Duration bound) {
    long deadlineNanos = System.nanoTime() + bound.toNanos();
    while (!materialiser.current().equals(Optional.of(plan.revision()))) {
      if (System.nanoTime() > deadlineNanos) {
        throw new RegistryException("expected to read back revision " + plan.revision().number() + " within "
            + bound.toSeconds() + " s, found " + materialiser.problem().orElse("another one; apply again"));
      }
      topic.poll(materialiser::accept);
    }
  }
}
