package dev.mintlog.processor.outcome;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Lets what arrives while the signing threads are busy wait and be signed as one batch. Under load the batches grow by
 * themselves, and each costs the broker one request; with nothing to do, nothing waits. Thread-safe. Holds no more than
 * there are commands in flight.
 */
final class GatheredBatches<T> {
  private final SigningThreads threads;
  private final int sizeMax;
  private final Consumer<T> deed;
  private final Consumer<List<T>> end;
  private final Queue<T> waiting = new ArrayDeque<>();
  private boolean busy;

  /**
   * Batches over these threads.
   *
   * @param sizeMax what of a batch is ready waits for the rest of it, so it must not grow without bound
   * @param deed done to each, on any of the threads; must not throw
   * @param end called once per batch when all of it is done; must not throw
   */
  GatheredBatches(SigningThreads threads, int sizeMax, Consumer<T> deed, Consumer<List<T>> end) {
    this.threads = threads;
    this.sizeMax = sizeMax;
    this.deed = deed;
    this.end = end;
  }

  void add(Collection<T> arrived) {
    synchronized (waiting) {
      waiting.addAll(arrived);
      if (busy) {
        return;
      }
      busy = true;
    }
    workOn();
  }

  private void workOn() {
    List<T> batch = new ArrayList<>(sizeMax);
    synchronized (waiting) {
      while (batch.size() < sizeMax && !waiting.isEmpty()) {
        batch.add(waiting.remove());
      }
      busy = !batch.isEmpty();
    }
    if (!batch.isEmpty()) {
      threads.forAll(batch, deed, this::finish);
    }
  }

  // The next batch first: the other threads need not stand idle while this one is handed over.
  private void finish(List<T> batch) {
    workOn();
    end.accept(batch);
  }
}
