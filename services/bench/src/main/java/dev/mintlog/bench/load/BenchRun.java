package dev.mintlog.bench.load;

import dev.mintlog.bench.script.BenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Carries a plan out: one probing token, then warm-up and measurement for each concurrency. */
public final class BenchRun {

  private static final Duration PROBE = Duration.ofSeconds(3);
  private static final Duration MAX_LATER_WARM_UP = Duration.ofSeconds(5);

  private final CpuMeter cpu;

  /** A run whose results say what the processes of {@code cpu} spent. */
  public BenchRun(CpuMeter cpu) {
    this.cpu = cpu;
  }

  /**
   * Runs on the calling thread, for about as long as the plan's lengths add up to, handing over each step's result
   * when it is there.
   *
   * @throws BenchException if the target is unreachable or its first token is not the one meant
   */
  public void run(BenchPlan plan, Consumer<BenchResult> results) {
    try {
      probe(plan);
      Duration warmUp = plan.warmUp();
      for (int connections : plan.concurrency()) {
        results.accept(step(plan, connections, warmUp));
        warmUp = warmUp.compareTo(MAX_LATER_WARM_UP) < 0 ? warmUp : MAX_LATER_WARM_UP;
      }
    } catch (IOException failed) {
      throw new BenchException("the load generator's own sockets failed: " + failed.getMessage());
    }
  }

  /** Better a clear line now than a minute of refusals. A server still waking up (503) is asked again for a while. */
  private static void probe(BenchPlan plan) throws IOException {
    Tally tally = new Tally();
    try (BenchLoop loop = new BenchLoop(plan, 1)) {
      long start = System.nanoTime();
      while (tally.tokens() == 0 && System.nanoTime() - start < PROBE.toNanos()) {
        loop.run(TimeUnit.MILLISECONDS.toNanos(100), 1, tally);
        if (tally.errors().keySet().stream().anyMatch(error -> error.matches("(.+: )?(4..|200.*)"))) {
          break;
        }
      }
    }
    String body = tally.firstToken().orElseThrow(() -> new BenchException("no token from " + plan.target().authority()
        + plan.target().path() + ": " + tally.firstRefusal().orElse("errors " + tally.errors().keySet())));
    AccessTokenCheck.verify(body, plan.expectedAlg());
  }

  private BenchResult step(BenchPlan plan, int connections, Duration warmUp) throws IOException {
    try (BenchLoop loop = new BenchLoop(plan, connections)) {
      loop.run(warmUp.toNanos(), Long.MAX_VALUE, new Tally());
      Tally tally = new Tally();
      CpuMeter.Reading before = cpu.read();
      long start = System.nanoTime();
      loop.run(plan.measured().toNanos(), Long.MAX_VALUE, tally);
      double seconds = (System.nanoTime() - start) / 1e9;
      return tally.toResult(plan, connections, seconds, CpuCost.between(before, cpu.read(), tally.tokens()));
    }
  }
}
