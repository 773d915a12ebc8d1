package dev.mintlog.processor.changelog;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationId;
import dev.mintlog.processor.changelog.OwnOffsets.Range;
import dev.mintlog.processor.life.BatchedStates;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.life.StatesFlush;
import dev.mintlog.store.Loaded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that compaction keeps the newest state of each authorization. A former owner that was stalled between its commit and
 * its record may write when others have gone on already; were its record the last, the next wipe of Redis would bring back
 * what was rotated or revoked since. So the owner of a partition looks at what it did not write itself, and appends the
 * newest state again. It need not be the owner any more by then: its next owner looks at that in turn.
 */
public final class ChangelogRepair implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChangelogRepair.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
  private static final Duration STORE_MAX = Duration.ofSeconds(10);
  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
  /** What one look reads at most of all partitions together; the next look goes on. */
  static final int RECORDS_MAX = 5_000;
  private static final int STATES_PER_FLUSH = 500;
  private static final int ROUNDS_MAX = 10;

  private final ChangelogTail tail;
  private final OwnRecords own;
  private final BatchedStates states;
  private final Supplier<? extends Collection<Integer>> owned;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::work, "changelog-repair");
  private final Map<Integer, Long> endsBefore = new HashMap<>();
  private final Map<Integer, String> problems = new ConcurrentSkipListMap<>();
  private final AtomicLong repaired = new AtomicLong();
  private volatile boolean closed;
  private boolean isAway;

  /**
   * A repair of the partitions that are owned at each look.
   *
   * @param tail closed with it
   */
  public ChangelogRepair(ChangelogTail tail, OwnRecords own, BatchedStates states,
      Supplier<? extends Collection<Integer>> owned, InstantSource clock) {
    this.tail = tail;
    this.own = own;
    this.states = states;
    this.owned = owned;
    this.clock = clock;
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** States appended again since the start. */
  public long repaired() {
    return repaired.get();
  }

  /** Why a partition could not be looked at, where it was not for an outage; one line. */
  public Optional<String> problem() {
    return problems.values().stream().findFirst();
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join(CLOSE_MAX.toMillis());
  }

  private void work() {
    try {
      while (!closed) {
        try {
          look();
          isAway = false;
        } catch (InfrastructureException e) {
          if (!isAway) {
            LOG.warn("the changelog is not looked at, and that is tried again: {}", e.getMessage());
          }
          isAway = true;
        }
        Thread.sleep(LOOK_EVERY.toMillis());
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (RuntimeException e) {
      LOG.error("the changelog is not looked at any more", e);
      problems.put(-1, e.toString());
    } finally {
      Thread.interrupted();
      tail.close();
    }
  }

  /** One look. */
  void look() throws InterruptedException {
    Set<Integer> partitions = new TreeSet<>(owned.get());
    own.retain(partitions);
    endsBefore.keySet().retainAll(partitions);
    problems.keySet().retainAll(partitions);
    if (partitions.isEmpty()) {
      return;
    }
    List<Integer> fresh = partitions.stream().filter(partition -> !own.isStarted(partition)).toList();
    if (!fresh.isEmpty()) {
      tail.starts(fresh).forEach(own::start);
    }
    Map<Integer, Long> ends = tail.ends(partitions);
    int left = RECORDS_MAX;
    // Up to where the log ended at the look before: what was written since may be ours, not yet acknowledged.
    for (Map.Entry<Integer, Long> before : endsBefore.entrySet()) {
      left -= look(before.getKey(), before.getValue(), left);
    }
    endsBefore.putAll(ends);
  }

  private int look(int partition, long end, int recordsMax) throws InterruptedException {
    int seen = 0;
    try {
      Optional<Range> range = own.foreign(partition, end);
      while (range.isPresent() && seen < recordsMax) {
        ChangelogTail.Read read = tail.read(partition, range.get().from(), range.get().to(), recordsMax - seen);
        repair(partition, read.states());
        own.looked(partition, read.next());
        // Not the states: records that are none of ours are read too, and whoever writes them must not keep a look going.
        seen += (int) Math.min(recordsMax, Math.max(1, read.next() - range.get().from()));
        range = own.foreign(partition, end);
      }
      problems.remove(partition);
    } catch (InfrastructureException e) {
      throw e;
    } catch (RuntimeException e) {
      if (problems.put(partition, e.getMessage()) == null) {
        LOG.error("partition {} of the changelog is not repaired, and that is tried again: {}", partition, e.getMessage(), e);
      }
    }
    return seen;
  }

  private void repair(int partition, List<Authorization> records) throws InterruptedException {
    List<AuthorizationId> ids = List.copyOf(Repair.named(records));
    for (int i = 0; i < ids.size(); i += STATES_PER_FLUSH) {
      Set<AuthorizationId> some = Set.copyOf(ids.subList(i, Math.min(ids.size(), i + STATES_PER_FLUSH)));
      List<Authorization> theirs = records.stream().filter(record -> some.contains(record.id())).toList();
      Map<AuthorizationId, Authorization> resting = resting(some);
      Repair repair = Repair.of(theirs, id -> Optional.ofNullable(resting.get(id)), clock.instant());
      writeBack(repair.toWriteBack());
      append(partition, repair.toAppend());
    }
  }

  // The authorization may have gone on between our look at the store and our record, and its record come before ours: then
  // it is ours that is late. Whoever commits after our record was acknowledged writes after it.
  private void append(int partition, List<Authorization> newest) throws InterruptedException {
    List<Authorization> toAppend = newest;
    for (int round = 0; !toAppend.isEmpty(); round++) {
      if (round == ROUNDS_MAX) {
        throw new InfrastructureException("authorizations did not hold still while their newest state was appended");
      }
      tail.append(partition, toAppend);
      repaired.addAndGet(toAppend.size());
      LOG.warn("appended the newest state of {} authorization(s) to partition {} of the changelog, where the last record was"
          + " older", toAppend.size(), partition);
      Map<AuthorizationId, Authorization> now = resting(toAppend.stream().map(Authorization::id).toList());
      toAppend = toAppend.stream().filter(appended -> now.containsKey(appended.id())
          && now.get(appended.id()).version() > appended.version()).map(appended -> now.get(appended.id())).toList();
    }
  }

  private Map<AuthorizationId, Authorization> resting(Collection<AuthorizationId> ids) throws InterruptedException {
    StatesFlush flush = states.flush();
    List<CompletableFuture<Loaded>> loads = new ArrayList<>(ids.size());
    for (AuthorizationId id : ids) {
      loads.add(flush.load(id).toCompletableFuture());
    }
    flush.send();
    Map<AuthorizationId, Authorization> resting = new HashMap<>();
    for (CompletableFuture<Loaded> load : loads) {
      awaited(load).match(complete -> complete.state(), incomplete -> {
        throw new InfrastructureException("the store is not complete");
      }).ifPresent(state -> resting.put(state.id(), state));
    }
    return resting;
  }

  private void writeBack(List<Authorization> missing) throws InterruptedException {
    if (missing.isEmpty()) {
      return;
    }
    StatesFlush flush = states.flush();
    List<CompletableFuture<?>> writes = new ArrayList<>(missing.size());
    missing.forEach(state -> writes.add(flush.writeBack(state).toCompletableFuture()));
    flush.send();
    for (CompletableFuture<?> write : writes) {
      awaited(write);
    }
    LOG.warn("wrote back {} state(s) that the log had and Redis had not", missing.size());
  }

  private static <T> T awaited(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(STORE_MAX.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new InfrastructureException("the store did not answer within " + STORE_MAX.toSeconds() + " s", e);
    }
  }
}
