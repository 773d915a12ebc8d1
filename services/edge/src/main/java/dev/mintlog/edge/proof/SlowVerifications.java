package dev.mintlog.edge.proof;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where secrets hashed with Argon2id are compared: each costs tens of milliseconds, so they have threads and a queue of
 * their own, both bounded. Full means no, at once; one client gets at most half.
 */
public final class SlowVerifications implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SlowVerifications.class);

  private final ThreadPoolExecutor pool;
  private final int perClientMax;
  private final Map<String, Integer> waitingOf = new HashMap<>();

  /** Of client secrets. */
  public SlowVerifications(int threads, int queueMax) {
    this("edge-argon2", threads, queueMax);
  }

  /**
   * @param name of the threads
   * @param threads at least 1
   * @param queueMax how many wait beyond those that run, at least 1
   */
  public SlowVerifications(String name, int threads, int queueMax) {
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueMax),
        task -> {
          Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    this.perClientMax = Math.max(1, (threads + queueMax) / 2);
  }

  /**
   * Compares soon; false where there is no room, in general or for this client.
   *
   * @param client with its tenant: two tenants may have one of the same name
   * @param notJudged what came of it where the comparison fails to say: whoever waits is answered in any case
   * @param then called once with what came of it, on the thread that compared, after the room it took is free: it may
   *     offer again
   */
  public <T> boolean offer(String client, Supplier<T> comparison, T notJudged, Consumer<T> then) {
    synchronized (waitingOf) {
      int waiting = waitingOf.getOrDefault(client, 0);
      if (waiting >= perClientMax) {
        return false;
      }
      waitingOf.put(client, waiting + 1);
    }
    try {
      pool.execute(() -> then.accept(compared(client, comparison, notJudged)));
      return true;
    } catch (RejectedExecutionException e) {
      release(client);
      return false;
    }
  }

  private <T> T compared(String client, Supplier<T> comparison, T notJudged) {
    try {
      return comparison.get();
    } catch (Exception | OutOfMemoryError | StackOverflowError e) {
      // Argon2id asks for tens of megabytes at once: that there are none ends this comparison and no other.
      LOG.error("a secret could not be compared", e);
      return notJudged;
    } finally {
      release(client);
    }
  }

  private void release(String client) {
    synchronized (waitingOf) {
      waitingOf.computeIfPresent(client, (id, waiting) -> waiting == 1 ? null : waiting - 1);
    }
  }

  /** Ends; what runs is interrupted, what waits is dropped. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
