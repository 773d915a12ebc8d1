package dev.mintlog.registry;

import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.SchemaRegistryUnavailableException;
import dev.mintlog.registry.log.Materialiser;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.registry.log.RegistryRecords;
import dev.mintlog.registry.log.RegistryTopic;
import dev.mintlog.registry.log.RegistryWire;
import dev.mintlog.registry.signature.RegistryVerifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry in memory: read whole before it is there, followed in a thread of its own afterwards. What is asked of it
 * never waits.
 */
public final class RegistryView implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryView.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

  private final RegistryTopic topic;
  private final AdoptedRevisions adopted;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread follower = new Thread(this::follow, "registry");

  private RegistryView(RegistryTopic topic, Materialiser materialiser) {
    this.topic = topic;
    this.adopted = new AdoptedRevisions(materialiser, follower::isAlive);
  }

  /**
   * Reads the registry, then follows it.
   *
   * @param codec prepared for the registry topic
   * @param publicKeys whose signatures count, as {@code registry.public-key} holds them
   * @param startBound how long Kafka, the topic and a first revision are waited for
   * @throws ChannelStartException one line, where the registry is not there by then, or not the operator's
   */
  public static RegistryView open(
      KafkaSettings settings, RecordCodec codec, Collection<String> publicKeys, Duration startBound) {
    return open(settings, codec, publicKeys, startBound, 0);
  }

  /**
   * As {@link #open(KafkaSettings, RecordCodec, Collection, Duration)}, refusing a log rolled back behind what is known.
   *
   * @param revisionMin a revision that is known to have been published; 0 where none is
   */
  public static RegistryView open(KafkaSettings settings, RecordCodec codec, Collection<String> publicKeys,
      Duration startBound, long revisionMin) {
    RegistryRecords records = new RegistryRecords(RegistryWire.of(codec), verifier(publicKeys));
    long deadlineNanos = System.nanoTime() + startBound.toNanos();
    try {
      RegistryTopic topic = RegistryTopic.open(settings, startBound);
      RegistryView view = new RegistryView(topic, new Materialiser(records, revisionMin));
      try {
        view.materialise(startBound, deadlineNanos);
        view.adopted.warnOfRefused();
      } catch (RuntimeException e) {
        topic.close();
        throw e;
      }
      view.follower.setDaemon(true);
      view.follower.start();
      return view;
    } catch (RegistryException | SchemaRegistryUnavailableException e) {
      throw new ChannelStartException(e.getMessage(), e);
    }
  }

  private static RegistryVerifier verifier(Collection<String> publicKeys) {
    try {
      return RegistryVerifier.of(publicKeys);
    } catch (IllegalArgumentException e) {
      throw new ChannelStartException("registry.public-key: " + e.getMessage(), e);
    }
  }

  private void materialise(Duration startBound, long deadlineNanos) {
    topic.readToEnd(adopted::accept, startBound);
    // A revision that is published while we start is waited for; a log that holds others' records is not.
    while (adopted.history().newest().isEmpty() && startProblem().isEmpty() && System.nanoTime() < deadlineNanos) {
      topic.poll(adopted::accept);
    }
    Optional<String> found = startProblem();
    if (found.isPresent()) {
      throw new RegistryException("registry: " + found.get());
    }
    if (adopted.history().newest().isEmpty()) {
      throw new RegistryException("registry: expected a revision within " + startBound.toSeconds()
          + " s, found none; publish one with `mintlog registry apply -f registry.yaml`");
    }
  }

  private Optional<String> startProblem() {
    if (adopted.problem().isPresent()) {
      return adopted.problem();
    }
    if (adopted.history().newest().isEmpty() && adopted.refused() > 0) {
      return Optional.of("expected records signed with the private half of registry.public-key, found "
          + adopted.refused() + " that are not; correct registry.public-key (mintlog keys prints it)");
    }
    return Optional.empty();
  }

  private void follow() {
    while (closing.getCount() > 0) {
      try {
        topic.poll(adopted::accept);
      } catch (WakeupException e) {
        // close() woke the poll.
      } catch (RuntimeException e) {
        // Kafka or the schema registry is away: the last good revision stays, and the record is read again.
        LOG.warn("registry: cannot be followed: {}", e.toString());
        pause();
      }
    }
    topic.close();
  }

  private void pause() {
    try {
      closing.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closing.countDown();
    }
  }

  /** The newest revision that is whole and signed. */
  public RegistrySnapshot current() {
    return adopted.history().newest().orElseThrow();
  }

  /** A revision among the last 16 read here. */
  public Optional<RegistrySnapshot> at(long revision) {
    return adopted.history().at(revision);
  }

  /**
   * When a newer revision than this one was published, at the latest: revisions that were compacted away, or are no longer
   * kept, are not counted.
   *
   * @return empty for the newest one, and for those to come
   */
  public Optional<Instant> supersededAt(long revision) {
    return adopted.history().supersededAt(revision);
  }

  /** Tells each revision adopted from now on, in this view's thread and after {@link #current} shows it. */
  public void onRevision(Consumer<RegistrySnapshot> listener) {
    adopted.onRevision(listener);
  }

  /** Why a newer revision than {@link #current} was not adopted: one line. */
  public Optional<String> problem() {
    return adopted.problem();
  }

  /** How many records were dropped: unsigned, tampered with, replayed. */
  public long refused() {
    return adopted.refused();
  }

  @Override
  public void close() {
    closing.countDown();
    topic.wakeup();
    try {
      follower.join(CLOSE_MAX.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
