package dev.mintlog.bench;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What one stretch of load came to. For one thread. Latencies are those of tokens: a fast refusal flatters nobody. */
final class Tally {

  private static final int MAX_SAMPLE_CHARS = 200;

  private final Histogram latencies = new Histogram(BenchPlan.MAX_ANSWER_TIMEOUT.toNanos(), 3);
  private final SortedMap<String, Long> errors = new TreeMap<>();
  private long tokens;
  private long reopened;
  private String firstToken;
  private String firstRefusal;

  void answered(AnswerBuffer answer, long latencyNanos) {
    if (answer.isToken()) {
      tokens++;
      latencies.recordValue(Math.min(latencyNanos, latencies.getHighestTrackableValue()));
      if (firstToken == null) {
        firstToken = answer.body();
      }
      return;
    }
    if (answer.status() == 200) {
      failed("200 without access_token");
      return;
    }
    failed(Integer.toString(answer.status()));
    if (firstRefusal == null) {
      String line = answer.body().replaceAll("[^ -~]+", " ").strip();
      String sample = line.length() > MAX_SAMPLE_CHARS ? line.substring(0, MAX_SAMPLE_CHARS) : line;
      firstRefusal = (answer.status() + " " + sample).strip();
    }
  }

  void failed(String error) {
    errors.merge(error, 1L, Long::sum);
  }

  void reopened() {
    reopened++;
  }

  long tokens() {
    return tokens;
  }

  Optional<String> firstToken() {
    return Optional.ofNullable(firstToken);
  }

  Optional<String> firstRefusal() {
    return Optional.ofNullable(firstRefusal);
  }

  SortedMap<String, Long> errors() {
    return errors;
  }

  BenchResult toResult(String name, int connections, double seconds, CpuCost cpu) {
    long failures = errors.values().stream().mapToLong(Long::longValue).sum();
    return new BenchResult(name, connections, seconds, tokens + failures, tokens, errors, firstRefusal, reopened,
        tokens / seconds, millis(50), millis(90), millis(99), millis(100), cpu);
  }

  private double millis(double percentile) {
    return (double) latencies.getValueAtPercentile(percentile) / TimeUnit.MILLISECONDS.toNanos(1);
  }
}
