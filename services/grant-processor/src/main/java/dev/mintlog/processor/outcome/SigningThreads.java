package dev.mintlog.processor.outcome;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Works through a batch on a few threads and then goes on with the whole of it: a batch that is signed together is
 * published together, which costs the broker and us one request instead of many.
 */
public final class SigningThreads implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  public SigningThreads(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.pool = Executors.newFixedThreadPool(threads, task -> {
      Thread thread = new Thread(task, "signing-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
  }

  /**
   * Does the deed to each of the batch, then calls the end once, on the thread that finishes last.
   *
   * @param deed must not throw
   */
  <T> void forAll(List<T> batch, Consumer<T> deed, Consumer<List<T>> end) {
    int parts = Math.min(threads, batch.size());
    AtomicInteger open = new AtomicInteger(parts);
    for (int part = 0; part < parts; part++) {
      int from = part * batch.size() / parts;
      int to = (part + 1) * batch.size() / parts;
      pool.execute(() -> {
        for (int i = from; i < to; i++) {
          deed.accept(batch.get(i));
        }
        if (open.decrementAndGet() == 0) {
          end.accept(batch);
        }
      });
    }
  }

  /** Does one thing on one of the threads. */
  void execute(Runnable deed) {
    pool.execute(deed);
  }

  @Override
  public void close() throws InterruptedException {
    pool.shutdown();
    if (!pool.awaitTermination(2, TimeUnit.SECONDS)) {
      pool.shutdownNow();
    }
  }
}
