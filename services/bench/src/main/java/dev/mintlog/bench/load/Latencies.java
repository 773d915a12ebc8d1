package dev.mintlog.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Times of successes, to 3 digits. For one thread. */
final class Latencies {

  private final Histogram nanos = new Histogram(BenchPlan.MAX_ANSWER_TIMEOUT.toNanos(), 3);

  void add(long latencyNanos) {
    nanos.recordValue(Math.min(latencyNanos, nanos.getHighestTrackableValue()));
  }

  double millis(double percentile) {
    return (double) nanos.getValueAtPercentile(percentile) / TimeUnit.MILLISECONDS.toNanos(1);
  }

  Prepared toPrepared() {
    return new Prepared(nanos.getTotalCount(), millis(50), millis(99));
  }
}
