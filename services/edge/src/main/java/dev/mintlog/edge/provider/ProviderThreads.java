package dev.mintlog.edge.provider;

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

  private final String asked;
  private final ThreadPoolExecutor pool;
  private final Duration wait;

  /** @param asked what is asked here, for messages and names of threads: "claims provider" */
  public ProviderThreads(String asked, ThreadBounds bounds) {
    this.asked = asked;
    AtomicInteger number = new AtomicInteger();
    this.pool = new ThreadPoolExecutor(bounds.threads(), bounds.threads(), 0, TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(bounds.queueMax()), task -> {
      Thread thread = new Thread(task, "edge-" + asked.replace(' ', '-') + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    });
    this.wait = bounds.waitMax();
  }

  /** @param then called once, on the loop: with the answer, or with 503 where there was no room, no time or no answer */
  public <T> void ask(Callable<T> question, Executor loop, Consumer<Checked<T>> then) {
    CompletableFuture<T> answer = new CompletableFuture<>();
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
      then.accept(notNow("room to ask the " + asked + ", but found none"));
      return;
    }
    answer.orTimeout(wait.toMillis(), TimeUnit.MILLISECONDS).whenComplete((value, failure) -> {
      if (failure != null) {
        task.cancel(true);
        // Without its message, which may repeat what it knows of a user.
        LOG.warn("{} gave no answer: {}", asked, failure.getClass().getName());
      }
      loop.execute(() -> then.accept(failure == null
          ? Checked.accepted(value) : notNow("an answer of the " + asked + " in time, but found none")));
    });
  }

  private static <T> Checked<T> notNow(String expected) {
    return Checked.refused(Refusal.tryAgain("expected " + expected));
  }

  /** Ends; what runs is interrupted, what waits is dropped. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
