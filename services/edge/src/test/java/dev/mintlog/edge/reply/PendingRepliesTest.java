package dev.mintlog.edge.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PendingRepliesTest {
  private static final ClientKey APP = new ClientKey("default", "app");
  private static final ClientKey OTHER = new ClientKey("acme", "other");
  private static final Reply DONE = new Reply.Done();

  private final AtomicLong now = new AtomicLong();
  private final PendingReplies pending = new PendingReplies(4, 50, 75, Duration.ofNanos(100), now::get);
  private final Replies replies = new Replies(pending);

  @Test
  void shouldAnswerWhoWaits() {
    Heard heard = register("c1", APP);

    settle("c1", DONE);

    assertThat(heard.all).containsExactly(DONE);
    assertThat(pending.size()).isZero();
  }

  @Test
  void shouldHearOnlyWhenTheBatchIsHandedOver() {
    Heard heard = register("c1", APP);

    replies.settle("c1", DONE);

    assertThat(heard.all).isEmpty();
  }

  @Test
  void shouldIgnoreARepeatedReply() {
    Heard heard = register("c1", APP);
    settle("c1", DONE);

    settle("c1", new Reply.Denied("invalid_grant", ""));

    assertThat(heard.all).containsExactly(DONE);
  }

  @Test
  void shouldAnswerTheOthersOfABatchWhenOneFails() {
    pending.register("c1", APP, Runnable::run, new ReplyListener() {
      @Override
      public void answered(Reply reply) {
        throw new IllegalStateException("a fault in one request");
      }

      @Override
      public void unanswered(Unanswered why) {}
    });
    Heard heard = register("c2", APP);

    replies.settle("c1", DONE);
    replies.settle("c2", DONE);
    replies.handOver();

    assertThat(heard.all).containsExactly(DONE);
  }

  @Test
  void shouldRefuseWhenOneClientHoldsItsShare() {
    register("c1", APP);
    register("c2", APP);

    assertThat(isRegistered("c3", APP)).isFalse();
    assertThat(isRegistered("c3", OTHER)).isTrue();
  }

  @Test
  void shouldGiveAClientItsShareBack() {
    register("c1", APP);
    register("c2", APP);
    settle("c1", DONE);

    assertThat(isRegistered("c3", APP)).isTrue();
  }

  @Test
  void shouldRefuseWhenTheClientsOfOneTenantHoldItsShare() {
    // Given
    register("c1", APP);
    register("c2", APP);
    register("c3", new ClientKey("default", "third"));

    // Then
    assertThat(isRegistered("c4", new ClientKey("default", "fourth"))).isFalse();
    assertThat(isRegistered("c4", OTHER)).isTrue();

    // When
    settle("c4", DONE);
    settle("c1", DONE);

    // Then
    assertThat(isRegistered("c5", new ClientKey("default", "fourth"))).isTrue();
  }

  @Test
  void shouldRefuseWhenAllIsTaken() {
    register("c1", APP);
    register("c2", APP);
    register("c3", OTHER);
    register("c4", OTHER);

    assertThat(isRegistered("c5", new ClientKey("default", "third"))).isFalse();
  }

  @Test
  void shouldGiveUpWhoHasWaitedLongEnoughAndNobodyElse() {
    Heard first = register("c1", APP);
    now.set(60);
    Heard second = register("c2", APP);

    now.set(100);
    pending.giveUpOverdue();

    assertThat(first.all).containsExactly(Unanswered.TIMED_OUT);
    assertThat(second.all).isEmpty();
    assertThat(pending.timedOut()).isEqualTo(1);
  }

  @Test
  void shouldCountAReplyThatComesTooLate() {
    Heard heard = register("c1", APP);
    now.set(100);
    pending.giveUpOverdue();

    assertThat(replies.isAwaited("c1")).isFalse();
    settle("c1", DONE);

    assertThat(heard.all).containsExactly(Unanswered.TIMED_OUT);
    assertThat(pending.late()).isEqualTo(1);
    assertThat(pending.foreign()).isZero();
  }

  @Test
  void shouldTellAnotherEdgesReplyFromALateOne() {
    assertThat(replies.isAwaited("of another edge")).isFalse();

    assertThat(pending.foreign()).isEqualTo(1);
    assertThat(pending.late()).isZero();
  }

  @Test
  void shouldRememberABoundedNumberOfThoseGivenUp() {
    for (int i = 0; i < 10; i++) {
      register("c" + i, APP);
      pending.giveUp("c" + i, Unanswered.MAYBE_APPENDED);
    }

    assertThat(replies.isAwaited("c0")).isFalse();
    assertThat(pending.late()).isZero();
    assertThat(replies.isAwaited("c9")).isFalse();
    assertThat(pending.late()).isEqualTo(1);
  }

  @Test
  void shouldGiveUpWhenTheLogFailed() {
    Heard heard = register("c1", APP);

    pending.giveUp("c1", Unanswered.NOT_APPENDED);
    pending.giveUp("c1", Unanswered.MAYBE_APPENDED);

    assertThat(heard.all).containsExactly(Unanswered.NOT_APPENDED);
  }

  @Test
  void shouldTakeNoMoreAndGiveUpTheRestWhenClosed() throws Exception {
    Heard heard = register("c1", APP);

    pending.close(Duration.ofMillis(1));

    assertThat(heard.all).containsExactly(Unanswered.CLOSED);
    assertThat(isRegistered("c2", APP)).isFalse();
  }

  @Test
  void shouldWaitForThoseInFlightWhenClosed() throws Exception {
    Heard heard = register("c1", APP);
    Thread closing = new Thread(() -> {
      try {
        pending.close(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    closing.start();

    settle("c1", DONE);
    closing.join(5_000);

    assertThat(closing.isAlive()).isFalse();
    assertThat(heard.all).containsExactly(DONE);
  }

  @Test
  void shouldSettleEachExactlyOnceWhenReplyAndTimeoutRace() throws Exception {
    int requests = 2_000;
    PendingReplies raced = new PendingReplies(requests, 100, 100, Duration.ZERO, now::get);
    AtomicInteger settled = new AtomicInteger();
    ExecutorService loop = Executors.newSingleThreadExecutor();
    for (int i = 0; i < requests; i++) {
      raced.register("c" + i, APP, loop, new ReplyListener() {
        @Override
        public void answered(Reply reply) {
          settled.incrementAndGet();
        }

        @Override
        public void unanswered(Unanswered why) {
          settled.incrementAndGet();
        }
      });
    }
    CountDownLatch go = new CountDownLatch(1);
    Thread replying = new Thread(() -> {
      Replies racing = new Replies(raced);
      await(go);
      for (int i = requests - 1; i >= 0; i--) {
        racing.settle("c" + i, DONE);
        racing.handOver();
      }
    });
    Thread sweeping = new Thread(() -> {
      await(go);
      for (int i = 0; i < requests; i++) {
        raced.giveUp("c" + i, Unanswered.TIMED_OUT);
      }
    });
    replying.start();
    sweeping.start();

    go.countDown();
    replying.join(10_000);
    sweeping.join(10_000);
    loop.shutdown();

    assertThat(loop.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(settled).hasValue(requests);
    assertThat(raced.size()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void settle(String commandId, Reply reply) {
    replies.settle(commandId, reply);
    replies.handOver();
  }

  private Heard register(String commandId, ClientKey client) {
    Heard heard = new Heard();
    assertThat(pending.register(commandId, client, Runnable::run, heard)).isTrue();
    return heard;
  }

  private boolean isRegistered(String commandId, ClientKey client) {
    return pending.register(commandId, client, Runnable::run, new Heard());
  }

  private static final class Heard implements ReplyListener {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void answered(Reply reply) {
      all.add(reply);
    }

    @Override
    public void unanswered(Unanswered why) {
      all.add(why);
    }
  }
}
