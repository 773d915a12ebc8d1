package dev.mintlog.processor.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class GatheredBatchesTest {
  private static final int SIZE_MAX = 4;

  private final SigningThreads threads = new SigningThreads(2);
  private final Semaphore permits = new Semaphore(0);
  private final Semaphore ended = new Semaphore(0);
  private final CountDownLatch firstBegun = new CountDownLatch(1);
  private final Queue<Integer> done = new ConcurrentLinkedQueue<>();
  private final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();
  private final GatheredBatches<Integer> gathered = new GatheredBatches<>(threads, SIZE_MAX, this::work, this::end);

  @AfterEach
  void stop() throws InterruptedException {
    threads.close();
  }

  @Test
  void shouldWorkAtOnceOnWhatArrivesWhenNothingIsToDo() throws InterruptedException {
    permits.release(2);

    gathered.add(List.of(1, 2));

    ended.acquire(2);
    assertThat(batches).containsExactly(List.of(1, 2));
    assertThat(done).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void shouldGatherWhatArrivesMeanwhileUpToTheBound() throws InterruptedException {
    // Given one item that is being worked on
    gathered.add(List.of(0));
    firstBegun.await();

    // When six more arrive, one by one
    IntStream.rangeClosed(1, 6).forEach(item -> gathered.add(List.of(item)));
    permits.release(7);

    // Then they come in their order, four together and then the rest
    ended.acquire(7);
    assertThat(batches).containsExactlyInAnyOrder(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
  }

  @Test
  void shouldDoEachOnceWhoeverAddsIt() throws Exception {
    permits.release(4_000);
    List<Thread> adders = IntStream.range(0, 4).mapToObj(adder -> new Thread(() ->
        IntStream.range(adder * 1_000, (adder + 1) * 1_000).forEach(item -> gathered.add(List.of(item))))).toList();

    adders.forEach(Thread::start);

    ended.acquire(4_000);
    assertThat(done).hasSize(4_000).doesNotHaveDuplicates();
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, SIZE_MAX));
    for (Thread adder : adders) {
      adder.join();
    }
  }

  private void work(int item) {
    firstBegun.countDown();
    permits.acquireUninterruptibly();
    done.add(item);
  }

  private void end(List<Integer> batch) {
    batches.add(batch);
    ended.release(batch.size());
  }
}
