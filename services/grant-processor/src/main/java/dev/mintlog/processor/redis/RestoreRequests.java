package dev.mintlog.processor.redis;

import dev.mintlog.processor.life.InfrastructureException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** Partitions whose restore is wanted or under way, and who waits for them. Thread-safe. */
final class RestoreRequests {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final int DOUBLINGS_MAX = 20;

  private final Map<Integer, Request> waiting = new HashMap<>();
  private final Map<Integer, Request> running = new HashMap<>();
  private final LongSupplier nanoTime;
  private boolean closed;

  RestoreRequests() {
    this(System::nanoTime);
  }

  /** @param nanoTime tells when a pause is over */
  RestoreRequests(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** One partition to be restored; many wait for it. */
  private static final class Request {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean inAnyCase;
    private int failures;
    private long notBefore;

    private Request(long notBefore) {
      this.notBefore = notBefore;
    }

    private boolean isDue(long now) {
      return notBefore - now <= 0;
    }

    private void settleLike(Request another) {
      another.done.whenComplete((nothing, failure) -> {
        if (failure == null) {
          done.complete(null);
        } else {
          done.completeExceptionally(failure);
        }
      });
    }
  }

  /** Wants a restore that begins after this call, whatever the marker says. */
  synchronized CompletionStage<Void> inAnyCase(int partition) {
    Request request = requested(partition);
    request.inAnyCase = true;
    return request.done;
  }

  /** Wants a restore where the marker does not say that all is there, or joins one that is wanted or under way. */
  synchronized CompletionStage<Void> whereIncomplete(int partition) {
    Request underWay = waiting.containsKey(partition) ? null : running.get(partition);
    return underWay != null ? underWay.done : requested(partition).done;
  }

  /** The partition is another processor's now: nobody waits for it any more. */
  synchronized void forget(int partition) {
    for (Map<Integer, Request> requests : List.of(waiting, running)) {
      Request request = requests.remove(partition);
      if (request != null) {
        request.done.completeExceptionally(new InfrastructureException("the partition is another processor's now"));
      }
    }
  }

  synchronized int size() {
    return waiting.size() + running.size();
  }

  /** Partitions whose restore is wanted or under way. */
  synchronized Set<Integer> partitions() {
    Set<Integer> partitions = new TreeSet<>(waiting.keySet());
    partitions.addAll(running.keySet());
    return partitions;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits for requests that are due and has them under way; false when closed. */
  synchronized boolean take() throws InterruptedException {
    while (!closed) {
      long now = nanoTime.getAsLong();
      waiting.forEach((partition, request) -> {
        if (request.isDue(now)) {
          running.put(partition, request);
        }
      });
      waiting.keySet().removeAll(running.keySet());
      if (!running.isEmpty()) {
        return true;
      }
      wait(untilNextIsDueMs());
    }
    return false;
  }

  // For as long as it takes where nothing waits.
  private long untilNextIsDueMs() {
    return waiting.values().stream().mapToLong(request -> (request.notBefore - nanoTime.getAsLong()) / 1_000_000 + 1)
        .map(ms -> Math.max(1, ms)).min().orElse(0);
  }

  synchronized Set<Integer> underWay() {
    return new TreeSet<>(running.keySet());
  }

  synchronized boolean isWantedInAnyCase(int partition) {
    Request request = running.get(partition);
    return request != null && request.inAnyCase;
  }

  void done(int partition) {
    Request request;
    synchronized (this) {
      request = running.remove(partition);
    }
    if (request != null) {
      request.done.complete(null);
    }
  }

  /** It did not succeed: it waits again, and so does who waited for it. */
  synchronized void again(int partition) {
    Request request = running.remove(partition);
    if (request != null) {
      Request newer = waiting.putIfAbsent(partition, request);
      if (newer != null) {
        newer.inAnyCase |= request.inAnyCase;
        newer.failures = request.failures;
        newer.notBefore = request.notBefore;
        request.settleLike(newer);
      }
    }
  }

  /**
   * It failed: as {@link #again}, after a pause that grows from one failure to the next.
   *
   * @return how often it has failed; 0 where nobody wants it any more
   */
  synchronized int later(int partition, Duration pauseMax) {
    Request request = running.get(partition);
    if (request == null) {
      return 0;
    }
    request.failures++;
    long pauseNanos = FIRST_PAUSE.toNanos() << Math.min(request.failures - 1, DOUBLINGS_MAX);
    request.notBefore = nanoTime.getAsLong() + Math.min(pauseMax.toNanos(), pauseNanos);
    again(partition);
    return request.failures;
  }

  private Request requested(int partition) {
    Request request = waiting.computeIfAbsent(partition, number -> new Request(nanoTime.getAsLong()));
    notifyAll();
    return request;
  }
}
