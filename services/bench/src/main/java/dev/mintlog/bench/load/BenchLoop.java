package dev.mintlog.bench.load;

import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps a number of virtual users busy on the calling thread; they go on from one stretch to the next. */
public final class BenchLoop implements AutoCloseable {

  private static final long LATE_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Selector selector;
  private final List<VirtualUser> users = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final long answerTimeoutNanos;
  private long lateCheckedAt = System.nanoTime();
  private boolean begun;

  public BenchLoop(BenchPlan plan, int count) throws IOException {
    selector = Selector.open();
    answerTimeoutNanos = plan.answerTimeout().toNanos();
    for (int i = 0; i < count; i++) {
      VirtualUser user = new VirtualUser(plan.script(), selector);
      users.add(user);
      connections.addAll(user.connections());
    }
  }

  /**
   * Loads until {@code enoughTokens} came or {@code nanos} passed, whichever is first. Requests in flight at the end
   * stay so, and count where their answer arrives.
   *
   * @throws BenchException if no connection can be opened (any more)
   */
  public void run(long nanos, long enoughTokens, Tally tally) throws IOException {
    long start = System.nanoTime();
    long leftNanos = nanos;
    if (!begun) {
      begun = true;
      users.forEach(user -> user.begin(tally));
    }
    while (leftNanos > 0 && tally.tokens() < enoughTokens) {
      long waitMillis = TimeUnit.NANOSECONDS.toMillis(Math.min(leftNanos, LATE_CHECK_NANOS));
      selector.select(key -> serve(key, tally), Math.max(1, waitMillis));
      long now = System.nanoTime();
      if (now - lateCheckedAt > LATE_CHECK_NANOS) {
        lateCheckedAt = now;
        connections.forEach(connection -> connection.giveUpIfSentBefore(now - answerTimeoutNanos, tally));
      }
      leftNanos = nanos - (now - start);
    }
  }

  private static void serve(SelectionKey key, Tally tally) {
    if (key.isValid()) {
      ((Connection) key.attachment()).serve(tally);
    }
  }

  @Override
  public void close() throws IOException {
    connections.forEach(Connection::close);
    selector.close();
  }
}
