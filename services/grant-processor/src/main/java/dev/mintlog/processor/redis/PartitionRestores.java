package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.processor.changelog.Changelog;
import dev.mintlog.processor.changelog.Changelog.Span;
import dev.mintlog.processor.life.InfrastructureException;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the primary complete again: writes back what the changelog holds of a partition and then says so with the
 * partition's marker. One thread does it, for all partitions that wait together; it tries again for as long as they are
 * ours. Thread-safe.
 *
 * <p>No marker: Redis was wiped, and the whole partition is written back. A marker of another primary: its last writes
 * may be gone, and the tail is. The marker is set only where the value found at the beginning is still there: had Redis
 * been wiped meanwhile, half of it would be missing again.
 */
public final class PartitionRestores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionRestores.class);
  private static final int STATES_PER_FLUSH = 500;
  /** Redis or the log was away: soon after it is back, commands go on. */
  private static final Duration OUTAGE_PAUSE_MAX = Duration.ofSeconds(1);
  /** A record cannot be read: somebody has to do something about it, and each attempt reads all that is before it. */
  private static final Duration FAULT_PAUSE_MAX = Duration.ofSeconds(30);
  private static final int UNMARKED_BYTES = 16;

  private final RedisLink link;
  private final RedisForms forms;
  private final Changelog changelog;
  private final InstantSource clock;
  private final StateWriteBack writeBack;
  private final SecureRandom random = new SecureRandom();
  private final RestoreRequests requests = new RestoreRequests();
  private final Thread worker = new Thread(this::work, "partition-restore");
  private final AtomicLong restored = new AtomicLong();
  private final Map<Integer, String> problems = new ConcurrentSkipListMap<>();

  /**
   * What is to be done for a partition.
   *
   * @param found value of its marker that must be there still when the new one is set
   * @param unmarked whether {@code found} is no marker, but what was put in place of none
   * @param since a time after the loss, if there was one
   */
  private record Plan(Span span, byte[] found, boolean unmarked, Instant since) {
    Plan asOfNew() {
      return unmarked ? new Plan(span, found, true, Instant.EPOCH) : this;
    }
  }

  /**
   * @param clock tells which states are kept no longer, where Redis itself has the last word, and since when spent proofs
   *     are known
   */
  public PartitionRestores(RedisLink link, RedisForms forms, Changelog changelog, InstantSource clock) {
    this.link = link;
    this.forms = forms;
    this.changelog = changelog;
    this.clock = clock;
    this.writeBack = new StateWriteBack(forms, clock);
    worker.setDaemon(true);
  }

  public void start() {
    worker.start();
  }

  /** Restores a partition, beginning after this call, whatever its marker says. */
  public CompletionStage<Void> restore(int partition) {
    return requests.inAnyCase(partition);
  }

  /** Restores a partition where its marker does not say that it is complete, or joins a restore that was asked for. */
  public CompletionStage<Void> complete(int partition) {
    return requests.whereIncomplete(partition);
  }

  /** The partition is another processor's now. */
  public void forget(int partition) {
    requests.forget(partition);
    synchronized (problems) {
      problems.remove(partition);
    }
  }

  /** Why partitions cannot be restored as things are, where it is not for an outage. */
  public Map<Integer, String> problems() {
    return Map.copyOf(problems);
  }

  /** Partitions that wait for their restore, whose restore is under way, or that cannot be restored. */
  public Set<Integer> unrestored() {
    Set<Integer> partitions = requests.partitions();
    partitions.addAll(problems.keySet());
    return partitions;
  }

  /** How many partitions were restored since the start. */
  public long restored() {
    return restored.get();
  }

  /** Partitions that wait for their restore. */
  public int waiting() {
    return requests.size();
  }

  @Override
  public void close() throws InterruptedException {
    requests.close();
    worker.interrupt();
    worker.join(2_000);
  }

  private void work() {
    try {
      while (requests.take()) {
        try {
          perform();
        } catch (RuntimeException e) {
          Set<Integer> partitions = requests.underWay();
          int failures = partitions.stream().mapToInt(partition -> requests.later(partition, OUTAGE_PAUSE_MAX)).max()
              .orElse(0);
          if (isWorthALine(failures)) {
            LOG.warn("partitions {} wait for their restore, which is tried again: {}", partitions, e.getMessage());
          }
          LOG.debug("restore failed", e);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  // The first, and then ever fewer.
  private static boolean isWorthALine(int failures) {
    return Integer.bitCount(failures) == 1;
  }

  private void failed(int partition, RuntimeException why) {
    if (why instanceof InfrastructureException) {
      throw why;
    }
    int failures;
    // Forgotten meanwhile, it is no problem of ours; forgotten from here on, its problem is removed after it was put.
    synchronized (problems) {
      failures = requests.later(partition, FAULT_PAUSE_MAX);
      if (failures > 0) {
        problems.put(partition, why.getMessage());
      }
    }
    if (isWorthALine(failures)) {
      LOG.error("partition {} cannot be restored, its commands wait, and it is tried again: {}", partition,
          why.getMessage(), why);
    }
  }

  private void done(int partition) {
    problems.remove(partition);
    requests.done(partition);
  }

  private void perform() throws InterruptedException {
    Set<Integer> partitions = requests.underWay();
    Map<Integer, AsyncCommand<byte[], byte[], byte[]>> markers = new HashMap<>();
    partitions.forEach(partition -> markers.put(partition, RedisCommands.get(RedisKeys.marker(partition))));
    AsyncCommand<byte[], byte[], byte[]> info = RedisCommands.info("replication");
    List<AsyncCommand<byte[], byte[], ?>> look = new ArrayList<>(markers.values());
    look.add(info);
    link.sendAndWait(look);
    ReplicationState primary = ReplicationState.parse(new String(info.join(), StandardCharsets.US_ASCII));
    if (!primary.isPrimary()) {
      link.lookUpAgain();
      throw new InfrastructureException("Redis at " + link.address() + " is " + primary.role() + ", not the primary");
    }
    Map<Integer, Plan> plans = new TreeMap<>();
    for (int partition : partitions) {
      try {
        plan(partition, markers.get(partition).join(), primary).ifPresentOrElse(
            plan -> plans.put(partition, plan), () -> done(partition));
      } catch (RuntimeException e) {
        failed(partition, e);
      }
    }
    // Asked with the places of all markers taken: whoever wipes Redis after a command wipes them too.
    if (plans.values().stream().anyMatch(Plan::unmarked) && changelog.isBeforeEveryCommand()) {
      plans.replaceAll((partition, plan) -> plan.asOfNew());
    }
    if (!plans.isEmpty()) {
      restore(plans, primary);
    }
  }

  // Empty where there is nothing to do.
  private Optional<Plan> plan(int partition, byte[] found, ReplicationState primary) throws InterruptedException {
    Instant now = clock.instant();
    boolean inAnyCase = requests.isWantedInAnyCase(partition);
    Optional<Marker> marker = found == null ? Optional.empty() : forms.markers().open(partition, found);
    if (marker.isPresent() && marker.get().isFor(primary)) {
      return inAnyCase ? Optional.of(new Plan(Span.WHOLE, found, false, now)) : Optional.empty();
    }
    if (marker.isPresent()) {
      return Optional.of(new Plan(inAnyCase ? Span.WHOLE : Span.TAIL, found, false, now));
    }
    byte[] unmarked = new byte[UNMARKED_BYTES];
    random.nextBytes(unmarked);
    link.sendAndWait(List.of(RedisCommands.set(RedisKeys.marker(partition), unmarked)));
    return Optional.of(new Plan(Span.WHOLE, unmarked, true, now));
  }

  private void restore(Map<Integer, Plan> plans, ReplicationState primary) throws InterruptedException {
    long from = System.nanoTime();
    Map<Integer, Span> spans = new TreeMap<>();
    plans.forEach((partition, plan) -> spans.put(partition, plan.span()));
    AtomicLong states = new AtomicLong();
    Map<Integer, RuntimeException> failures = changelog.read(spans, (partition, batch) -> {
      for (int i = 0; i < batch.size(); i += STATES_PER_FLUSH) {
        write(batch.subList(i, Math.min(batch.size(), i + STATES_PER_FLUSH)));
      }
      states.addAndGet(batch.size());
    });
    failures.forEach(this::failed);
    plans.keySet().removeAll(failures.keySet());
    spans.keySet().removeAll(failures.keySet());
    mark(plans, primary);
    LOG.info("restored from the changelog in {} ms: {} state(s) of partitions {}",
        (System.nanoTime() - from) / 1_000_000, states.get(), spans);
  }

  private void write(List<Authorization> states) {
    try {
      link.sendAndWait(writeBack.commands(states));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InfrastructureException("interrupted while restoring", e);
    }
  }

  private void mark(Map<Integer, Plan> plans, ReplicationState primary) throws InterruptedException {
    Map<Integer, AsyncCommand<byte[], byte[], Long>> swaps = new TreeMap<>();
    plans.forEach((partition, plan) -> swaps.put(partition, RedisCommands.run(Script.SWAP,
        RedisKeys.marker(partition), plan.found(),
        forms.markers().value(partition, new Marker(primary.replid(), plan.since())))));
    link.sendAndWait(List.copyOf(swaps.values()));
    swaps.forEach((partition, swap) -> {
      if (swap.join() == 1) {
        restored.incrementAndGet();
        done(partition);
      } else {
        // Redis was wiped, or another owner restored it, while this was under way: look again.
        requests.again(partition);
      }
    });
  }
}
