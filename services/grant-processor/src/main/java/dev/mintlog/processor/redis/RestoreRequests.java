package dev.mintlog.processor.redis;

import dev.mintlog.processor.life.InfrastructureException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Partitions whose restore is wanted or under way, and who waits for them. Thread-safe. */
final class RestoreRequests {
  private final Map<Integer, Request> waiting = new HashMap<>();
  private final Map<Integer, Request> running = new HashMap<>();
  private boolean closed;

  /** One partition to be restored; many wait for it. */
  private static final class Request {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean inAnyCase;

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

  synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits for requests and has them under way; false when closed. */
  synchronized boolean take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    running.putAll(waiting);
    waiting.clear();
    return !closed;
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
        request.settleLike(newer);
      }
    }
  }

  private Request requested(int partition) {
    Request request = waiting.computeIfAbsent(partition, number -> new Request());
    notifyAll();
    return request;
  }
}
