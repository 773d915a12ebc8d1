package dev.mintlog.registry.apply;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.Producers;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.registry.log.Entry;
import dev.mintlog.registry.log.EntryKey;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.RegistryDamagedException;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.RegistryFencedException;
import dev.mintlog.registry.log.RegistryRecords;
import dev.mintlog.registry.log.RegistryTopic;
import dev.mintlog.registry.log.RegistryWire;
import dev.mintlog.registry.log.SignedRecord;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.registry.signature.RegistrySigner;
import dev.mintlog.schema.Headers;
import dev.mintlog.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Publishes one revision: reads what is there, has the difference planned, and publishes it in one transaction. */
final class RegistryTransaction {
  /** Fixed: who begins second fences who began first, so that two never publish one revision each over the same one. */
  private static final String TRANSACTIONAL_ID = "mintlog-registry";
  private static final int ATTEMPTS_MAX = 5;
  private static final int PAUSE_MIN_MS = 50;
  private static final int PAUSE_MAX_MS = 500;

  private final KafkaSettings settings;
  private final RegistryRecords records;
  private final RegistrySigner signer;

  /**
   * @param codec prepared for the registry topic
   * @param keyEncryptionKeys the current one signs; records of all are accepted
   */
  RegistryTransaction(KafkaSettings settings, RecordCodec codec, SecretRing keyEncryptionKeys) {
    this.settings = settings;
    this.records = new RegistryRecords(RegistryWire.of(codec), RegistryKeys.verifier(keyEncryptionKeys));
    this.signer = RegistryKeys.signer(keyEncryptionKeys.current());
  }

  /**
   * As {@link #publish}, planned anew where another publication came between: for what means the same before and after
   * it. The pauses between are random, lest two go on fencing each other.
   *
   * @throws RegistryException as there, and where others came between five times
   */
  AppliedRevision publishInTurn(Duration bound, Function<Materialiser, RegistryPlan> planning) {
    for (int attempt = 1; ; attempt++) {
      try {
        return publish(bound, planning);
      } catch (RegistryFencedException e) {
        if (attempt == ATTEMPTS_MAX) {
          throw e;
        }
        pause(e);
      }
    }
  }

  private static void pause(RegistryFencedException why) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MIN_MS, PAUSE_MAX_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw why;
    }
  }

  /**
   * Publishes what is planned, and returns when it has been read back; nothing where the plan is empty.
   *
   * @param bound how long each step with Kafka may take
   * @param planning makes the plan of what is there
   * @throws RegistryFencedException where another one began
   * @throws RegistryException one line, where Kafka is away
   */
  AppliedRevision publish(Duration bound, Function<Materialiser, RegistryPlan> planning) {
    try (KafkaProducer<byte[], byte[]> producer = Producers.transactional(settings, TRANSACTIONAL_ID)) {
      try {
        // Before reading: from here on nobody else can publish, so what is read is what the difference is from.
        producer.initTransactions();
        return publish(producer, bound, planning);
      } catch (KafkaException e) {
        throw failure(e);
      } finally {
        // Closing waits for what is under way, without end by itself.
        producer.close(bound);
      }
    }
  }

  private RegistryException failure(KafkaException e) {
    if (isFencing(e) || isFencing(e.getCause())) {
      return new RegistryFencedException("another publication to the registry (`mintlog registry apply`, a revocation or a"
          + " rotation of keys) began meanwhile; nothing of this one counts: do it again", e);
    }
    return new RegistryException("kafka.bootstrap-servers: expected to publish the registry at "
        + settings.bootstrapServers() + ", found: " + e.getMessage(), e);
  }

  private static boolean isFencing(Throwable e) {
    return e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException;
  }

  private AppliedRevision publish(KafkaProducer<byte[], byte[]> producer, Duration bound,
      Function<Materialiser, RegistryPlan> planning) {
    Materialiser materialiser = new Materialiser(records, 0);
    try (RegistryTopic topic = RegistryTopic.open(settings, bound)) {
      topic.readToEnd(materialiser::accept, bound);
      RegistryPlan plan = planning.apply(materialiser);
      if (plan.isEmpty()) {
        return new AppliedRevision(materialiser.current().orElseThrow().number(), List.of());
      }
      send(producer, plan);
      readBack(topic, materialiser, plan, bound);
      return new AppliedRevision(plan.revision().number(), plan.changes());
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, RegistryPlan plan) {
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
    // A later one holds it: whoever published that had read this.
    while (materialiser.current().filter(found -> found.number() > plan.revision().number()
        || found.equals(plan.revision())).isEmpty()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new RegistryException("expected to read back revision " + plan.revision().number() + " within "
            + bound.toSeconds() + " s, found " + materialiser.problem().orElse("another one; apply again"));
      }
      topic.poll(materialiser::accept);
    }
  }

  /** @throws RegistryDamagedException where something in the topic is not closed over by a revision: a repair comes first */
  static void requireWhole(Materialiser materialiser) {
    materialiser.problem().ifPresent(problem -> {
      throw new RegistryDamagedException("registry: " + problem);
    });
    if (!materialiser.unclosed().isEmpty()) {
      throw new RegistryDamagedException("registry: expected every entry to be closed over by a revision, found "
          + materialiser.unclosed().size() + " that are not: the registry topic was damaged or tampered with; publish"
          + " again with `mintlog registry apply --rewrite`");
    }
  }

  /** Documents of what is there and not gone. */
  static Map<EntryKey, String> live(Map<EntryKey, Entry> known) {
    Map<EntryKey, String> live = new HashMap<>();
    known.forEach((key, entry) -> {
      if (!entry.isGone()) {
        live.put(key, entry.document());
      }
    });
    return live;
  }
}
