package dev.mintlog.edge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.client.ClaimValues;
import dev.mintlog.edge.request.Checked;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProviderThreadsTest {
  private static final ClaimValues CLAIMS = ClaimValues.NONE.withText("tier", "gold");

  private static CompletableFuture<Checked<ClaimValues>> ask(ProviderThreads threads,
      java.util.concurrent.Callable<ClaimValues> question) {
    CompletableFuture<Checked<ClaimValues>> answer = new CompletableFuture<>();
    threads.ask(question, Runnable::run, answer::complete);
    return answer;
  }

  private static int status(CompletableFuture<Checked<ClaimValues>> answer) throws Exception {
    return answer.get(10, TimeUnit.SECONDS).match(claims -> 200, refusal -> refusal.status());
  }

  @Test
  void shouldGiveWhatIsAnswered() throws Exception {
    try (ProviderThreads threads = new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(10)))) {
      assertThat(ask(threads, () -> CLAIMS).get(10, TimeUnit.SECONDS)).isEqualTo(Checked.accepted(CLAIMS));
    }
  }

  @Test
  void shouldRefuseAtOnceWhereThreadsAndQueueAreFull() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    try (ProviderThreads threads = new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(10)))) {
      CompletableFuture<Checked<ClaimValues>> first = ask(threads, () -> {
        running.countDown();
        release.await();
        return CLAIMS;
      });
      assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Checked<ClaimValues>> second = ask(threads, () -> CLAIMS);

      CompletableFuture<Checked<ClaimValues>> third = ask(threads, () -> CLAIMS);

      assertThat(third).isDone();
      assertThat(status(third)).isEqualTo(503);
      release.countDown();
      assertThat(status(first)).isEqualTo(200);
      assertThat(status(second)).isEqualTo(200);
    }
  }

  @Test
  void shouldInterruptWhatTakesTooLong() throws Exception {
    // Long enough to begin: what is given up before that is not interrupted, it never runs.
    CountDownLatch interrupted = new CountDownLatch(1);
    try (ProviderThreads threads = new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(1)))) {
      CompletableFuture<Checked<ClaimValues>> answer = ask(threads, () -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          interrupted.countDown();
        }
        return CLAIMS;
      });

      assertThat(status(answer)).isEqualTo(503);
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldRefuseWhereAProviderFails() throws Exception {
    try (ProviderThreads threads = new ProviderThreads("claims provider", new ThreadBounds(1, 1, Duration.ofSeconds(10)))) {
      assertThat(status(ask(threads, () -> {
        throw new IllegalStateException("alice@example.org");
      }))).isEqualTo(503);
    }
  }
}
