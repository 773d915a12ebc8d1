package dev.mintlog.processor;

import dev.mintlog.registry.RegistrySnapshot;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.apply.KeyRotation;
import dev.mintlog.registry.log.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has signing keys rotated when that is due. Of all processors the one that owns command partition 0 does it; should two
 * take themselves for the owner, the registry's transaction lets one of them find nothing to do.
 */
final class KeyRotationWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRotationWatch.class);

  /** Each try fences who publishes the registry just then: an operator must get a word in. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(30);

  private final Supplier<RegistrySnapshot> registry;
  private final Supplier<AppliedRevision> rotation;
  private final BooleanSupplier isOurs;
  private final InstantSource clock;
  // Publishing waits for Kafka, which no timer can.
  private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
    Thread made = new Thread(task, "key-rotation");
    made.setDaemon(true);
    return made;
  });
  private volatile boolean isRunning;
  private volatile Instant notBefore = Instant.MIN;
  private volatile long revisionSeen;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * @param rotation {@link KeyRotation#rotateDue}
   * @param isOurs whether it is on this processor to rotate, and its clock fit to
   */
  KeyRotationWatch(Supplier<RegistrySnapshot> registry, Supplier<AppliedRevision> rotation, BooleanSupplier isOurs,
      InstantSource clock) {
    this.registry = registry;
    this.rotation = rotation;
    this.isOurs = isOurs;
    this.clock = clock;
  }

  /** Looks whether something is due, and has it done in a thread of its own. Called by one thread, often. */
  void look() {
    Instant now = clock.instant();
    RegistrySnapshot known = registry.get();
    boolean mayTry = !isRunning && !now.isBefore(notBefore) && known.revision() >= revisionSeen;
    if (!mayTry || !isOurs.getAsBoolean() || !KeyRotation.isDue(known, now)) {
      return;
    }
    isRunning = true;
    try {
      thread.execute(this::rotate);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile.
      isRunning = false;
    }
  }

  private void rotate() {
    try {
      AppliedRevision applied = rotation.get();
      revisionSeen = applied.revision();
      applied.changes().forEach(change -> LOG.info("revision {}: {}", applied.revision(), change));
      problem = Optional.empty();
    } catch (RegistryException e) {
      fail(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the rotation of signing keys failed", e);
      fail(e.toString());
    } finally {
      isRunning = false;
    }
  }

  private void fail(String why) {
    notBefore = clock.instant().plus(RETRY_AFTER);
    problem = Optional.of(why);
    LOG.warn("signing keys are not rotated, and that is tried again in {} s: {}", RETRY_AFTER.toSeconds(), why);
  }

  /** Why the last try failed: one line. */
  Optional<String> problem() {
    return problem;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
