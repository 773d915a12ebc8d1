package dev.mintlog.edge.claims;

import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.request.Checked;
import dev.mintlog.edge.request.Refusal;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where providers run: threads and a queue of their own, both bounded, and a bound on how long one is waited for. */
public final class ProviderThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProviderThreads.class);

  private final ThreadPoolExecutor pool;
  private final Duration wait;

  /**
   * @param threads at least 1
   * @param queueMax how many wait beyond those that run, at least 1
   * @param wait from the asking, time in the queue included
   */
  public ProviderThreads(int threads, int queueMax, Duration wait) {
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queueMax),
        task -> {
          Thread thread = new Thread(task, "edge-claims-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
    this.wait = wait;
  }

  /** @param then called once, on the loop: with the claims, or with 503 where there was no room, no time or no answer */
  void ask(Callable<ClaimValues> question, Executor loop, Consumer<Checked<ClaimValues>> then) {
    CompletableFuture<ClaimValues> answer = new CompletableFuture<>();
    FutureTask<Void> task = new FutureTask<>(() -> {
      answer.complete(question.call());
      return null;
    }) {
      @Override
      protected void setException(Throwable failure) {
        answer.completeExceptionally(failure);
        super.setException(failure);
      }
    };
    try {
      pool.execute(task);
    } catch (RejectedExecutionException e) {
      then.accept(notNow("a claims provider that has room, but all are busy"));
      return;
    }
    answer.orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS).whenComplete((claims, failure) -> {
      if (failure != null) {
        task.cancel(true);
        // Without its message, which may repeat what it knows of a user.
        LOG.warn("claims providers gave no answer: {}", failure.getClass().getName());
      }
      loop.execute(() -> then.accept(failure == null
          ? Checked.accepted(claims) : notNow("the claims providers to answer in time, but they did not")));
    });
  }

  private static Checked<ClaimValues> notNow(String expected) {
    return Checked.refused(Refusal.tryAgain("expected " + expected));
  }

  /** Ends; what runs is interrupted, what waits is dropped. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
