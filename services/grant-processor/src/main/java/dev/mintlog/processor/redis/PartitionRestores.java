package dev.mintlog.processor.redis;

import dev.mintlog.authorization.Authorization;
import dev.mintlog.authorization.AuthorizationState;
import dev.mintlog.authorization.DeviceRequest;
import dev.mintlog.channel.state.Marker;
import dev.mintlog.channel.state.RedisKeys;
import dev.mintlog.channel.state.ReplicationState;
import dev.mintlog.channel.state.UserCodePointer;
import dev.mintlog.processor.life.InfrastructureException;
import dev.mintlog.processor.redis.Changelog.Span;
import io.lettuce.core.protocol.AsyncCommand;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the primary complete again: writes back what the changelog holds of a partition and then says so with the
 * partition's marker. One thread does it, for all partitions that wait together; it tries again for as long as they are
 * ours. Thread-safe.
 *
 * <p>No marker: Redis was wiped, and the whole partition is written back. A marker of another primary: its last writes may
 * be gone, and the tail is. The marker is set only where the value found at the beginning is still there: had Redis been
 * wiped meanwhile, half of it would be missing again.
 */
public final class PartitionRestores implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionRestores.class);
  private static final int STATES_PER_FLUSH = 500;
  private static final long PAUSE_AFTER_FAILURE_MS = 200;
  private static final int UNMARKED_BYTES = 16;

  private final RedisLink link;
  private final RedisForms forms;
  private final Changelog changelog;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Thread worker = new Thread(this::work, "partition-restore");
  private final Map<Integer, Request> waiting = new HashMap<>();
  private final Map<Integer, Request> running = new HashMap<>();
  private final AtomicLong restored = new AtomicLong();
  private boolean closed;

  /** One partition to be restored; many wait for it. */
  private static final class Request {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean inAnyCase;
  }

  /**
   * What is to be done for a partition.
   *
   * @param found value of its marker that must be there still when the new one is set
   */
  private record Plan(Span span, byte[] found) {}

  /** @param clock tells which states are kept no longer; Redis itself has the last word */
  public PartitionRestores(RedisLink link, RedisForms forms, Changelog changelog, InstantSource clock) {
    this.link = link;
    this.forms = forms;
    this.changelog = changelog;
    this.clock = clock;
    worker.setDaemon(true);
  }

  public void start() {
    worker.start();
  }

  /** Restores a partition, beginning after this call, whatever its marker says. */
  public synchronized CompletionStage<Void> restore(int partition) {
    Request request = requested(partition);
    request.inAnyCase = true;
    return request.done;
  }

  /** Restores a partition where its marker does not say that it is complete, or joins a restore that was asked for. */
  public synchronized CompletionStage<Void> complete(int partition) {
    Request underWay = waiting.containsKey(partition) ? null : running.get(partition);
    return underWay != null ? underWay.done : requested(partition).done;
  }

  /** The partition is another processor's now. */
  public synchronized void forget(int partition) {
    for (Map<Integer, Request> requests : List.of(waiting, running)) {
      Request request = requests.remove(partition);
      if (request != null) {
        request.done.completeExceptionally(new InfrastructureException("the partition is another processor's now"));
      }
    }
  }

  /** How many partitions were restored since the start. */
  public long restored() {
    return restored.get();
  }

  /** Partitions that wait for their restore. */
  public synchronized int waiting() {
    return waiting.size() + running.size();
  }

  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    worker.interrupt();
    worker.join(2_000);
  }

  private Request requested(int partition) {
    Request request = waiting.computeIfAbsent(partition, number -> new Request());
    notifyAll();
    return request;
  }

  private void work() {
    try {
      while (takeWaiting()) {
        try {
          perform();
        } catch (RuntimeException e) {
          LOG.warn("partitions {} wait for their restore, which is tried again: {}", runningNumbers(), e.getMessage());
          LOG.debug("restore failed", e);
          waitAgain();
          Thread.sleep(PAUSE_AFTER_FAILURE_MS);
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private synchronized boolean takeWaiting() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    running.putAll(waiting);
    waiting.clear();
    return !closed;
  }

  private synchronized void waitAgain() {
    running.forEach((partition, request) -> {
      Request newer = waiting.putIfAbsent(partition, request);
      if (newer != null) {
        newer.inAnyCase |= request.inAnyCase;
        newer.done.whenComplete((done, failure) -> settle(request, failure));
      }
    });
    running.clear();
  }

  private static void settle(Request request, Throwable failure) {
    if (failure == null) {
      request.done.complete(null);
    } else {
      request.done.completeExceptionally(failure);
    }
  }

  private synchronized Set<Integer> runningNumbers() {
    return new TreeSet<>(running.keySet());
  }

  private void perform() throws InterruptedException {
    Set<Integer> partitions = runningNumbers();
    ReplicationState primary = null;
    Map<Integer, AsyncCommand<byte[], byte[], byte[]>> markers = new HashMap<>();
    List<AsyncCommand<byte[], byte[], ?>> look = new ArrayList<>();
    for (int partition : partitions) {
      AsyncCommand<byte[], byte[], byte[]> marker = RedisCommands.get(RedisKeys.marker(partition));
      markers.put(partition, marker);
      look.add(marker);
    }
    AsyncCommand<byte[], byte[], byte[]> info = RedisCommands.info("replication");
    look.add(info);
    send(look);
    primary = ReplicationState.parse(new String(info.join(), StandardCharsets.US_ASCII));
    if (!primary.isPrimary()) {
      link.lookUpAgain();
      throw new InfrastructureException("Redis at " + link.address() + " is " + primary.role() + ", not the primary");
    }
    Map<Integer, Plan> plans = new HashMap<>();
    for (int partition : partitions) {
      plan(partition, markers.get(partition).join(), primary).ifPresentOrElse(
          plan -> plans.put(partition, plan), () -> completed(partition));
    }
    if (!plans.isEmpty()) {
      restore(plans, primary);
    }
  }

  // Empty where there is nothing to do.
  private Optional<Plan> plan(int partition, byte[] found, ReplicationState primary) throws InterruptedException {
    Optional<Marker> marker = found == null ? Optional.empty() : forms.markers().open(partition, found);
    if (marker.isPresent() && marker.get().isFor(primary)) {
      return isWantedInAnyCase(partition) ? Optional.of(new Plan(Span.WHOLE, found)) : Optional.empty();
    }
    if (marker.isPresent()) {
      return Optional.of(new Plan(isWantedInAnyCase(partition) ? Span.WHOLE : Span.TAIL, found));
    }
    byte[] unmarked = new byte[UNMARKED_BYTES];
    random.nextBytes(unmarked);
    send(List.of(RedisCommands.set(RedisKeys.marker(partition), unmarked)));
    return Optional.of(new Plan(Span.WHOLE, unmarked));
  }

  private synchronized boolean isWantedInAnyCase(int partition) {
    Request request = running.get(partition);
    return request != null && request.inAnyCase;
  }

  private void restore(Map<Integer, Plan> plans, ReplicationState primary) throws InterruptedException {
    long from = System.nanoTime();
    Map<Integer, Span> spans = new HashMap<>();
    plans.forEach((partition, plan) -> spans.put(partition, plan.span()));
    AtomicLong states = new AtomicLong();
    changelog.read(spans, batch -> {
      for (int i = 0; i < batch.size(); i += STATES_PER_FLUSH) {
        writeBack(batch.subList(i, Math.min(batch.size(), i + STATES_PER_FLUSH)));
      }
      states.addAndGet(batch.size());
    });
    List<Integer> numbers = List.copyOf(plans.keySet());
    List<AsyncCommand<byte[], byte[], Long>> swaps = new ArrayList<>();
    for (int partition : numbers) {
      byte[] marker = forms.markers().value(partition, new Marker(primary.replid()));
      swaps.add(RedisCommands.run(Script.SWAP, RedisKeys.marker(partition), plans.get(partition).found(), marker));
    }
    send(List.copyOf(swaps));
    for (int i = 0; i < numbers.size(); i++) {
      if (swaps.get(i).join() == 1) {
        LOG.debug("partition {} is complete", numbers.get(i));
        restored.incrementAndGet();
        completed(numbers.get(i));
      } else {
        againFor(numbers.get(i));
      }
    }
    LOG.info("restored {} partition(s) from the changelog in {} ms: {} state(s) read, spans {}", numbers.size(),
        (System.nanoTime() - from) / 1_000_000, states.get(), new TreeMap<>(spans));
  }

  private void writeBack(List<Authorization> states) {
    List<AsyncCommand<byte[], byte[], ?>> flush = new ArrayList<>(states.size());
    for (Authorization state : states) {
      if (state.keptUntil().isAfter(clock.instant())) {
        flush.add(RedisCommands.run(Script.RESTORE, RedisKeys.state(state.id()), forms.states().value(state),
            RedisCommands.decimal(state.keptUntil().toEpochMilli())));
        deviceRequest(state.state()).ifPresent(request -> pointer(state, request).ifPresent(flush::add));
      }
    }
    if (!flush.isEmpty()) {
      try {
        send(flush);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InfrastructureException("interrupted while restoring", e);
      }
    }
  }

  private Optional<AsyncCommand<byte[], byte[], byte[]>> pointer(Authorization state, DeviceRequest request) {
    if (!request.expiresAt().isAfter(clock.instant())) {
      return Optional.empty();
    }
    byte[] pointer = forms.pointers().value(
        request.userCodeDigest(), new UserCodePointer(state.id(), request.clientId()));
    return Optional.of(RedisCommands.setIfAbsent(RedisKeys.userCode(state.id().tenant(), request.userCodeDigest()),
        pointer, request.expiresAt().toEpochMilli()));
  }

  private static Optional<DeviceRequest> deviceRequest(AuthorizationState state) {
    return state.match(
        code -> Optional.empty(),
        pending -> Optional.of(pending.request()),
        approved -> Optional.of(approved.request()),
        refused -> Optional.of(refused.request()),
        active -> Optional.empty(),
        revoked -> Optional.empty());
  }

  private void completed(int partition) {
    Request request;
    synchronized (this) {
      request = running.remove(partition);
    }
    if (request != null) {
      request.done.complete(null);
    }
  }

  // Redis was wiped, or another owner restored it, while this was under way: look again.
  private synchronized void againFor(int partition) {
    Request request = running.remove(partition);
    if (request != null) {
      Request newer = waiting.putIfAbsent(partition, request);
      if (newer != null) {
        newer.done.whenComplete((done, failure) -> settle(request, failure));
      }
    }
  }

  // Blocks until all have answered, and fails where one has not.
  private void send(List<AsyncCommand<byte[], byte[], ?>> commands) throws InterruptedException {
    try {
      link.send(commands).toCompletableFuture().get();
      for (AsyncCommand<byte[], byte[], ?> command : commands) {
        command.get();
      }
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new InfrastructureException("Redis did not answer: " + cause.getMessage(), cause);
    }
  }
}
