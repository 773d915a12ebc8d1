package dev.mintlog.bench.load;

import dev.mintlog.bench.script.AnswerBuffer;
import dev.mintlog.bench.script.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one stretch of load came to. For one thread. Latencies are those of tokens: a fast refusal flatters nobody. */
public final class Tally {

  private static final int MAX_SAMPLE_CHARS = 200;

  private final Latencies latencies = new Latencies();
  private final Map<String, Latencies> preparing = new LinkedHashMap<>();
  private final SortedMap<String, Long> errors = new TreeMap<>();
  private long tokens;
  private long reopened;
  private String firstToken;
  private String firstRefusal;

  /** Counts an answer that had all that it should have. */
  void succeeded(Step step, AnswerBuffer answer, long latencyNanos) {
    if (!step.countsAsToken()) {
      preparing.computeIfAbsent(step.name(), name -> new Latencies()).add(latencyNanos);
      return;
    }
    tokens++;
    latencies.add(latencyNanos);
    if (firstToken == null) {
      firstToken = answer.body();
    }
  }

  /** Counts an answer of another status than 200. */
  void refused(Step step, AnswerBuffer answer) {
    failed(step.label(Integer.toString(answer.status())));
    if (firstRefusal == null) {
      String line = answer.body().replaceAll("[^ -~]+", " ").strip();
      String sample = line.length() > MAX_SAMPLE_CHARS ? line.substring(0, MAX_SAMPLE_CHARS) : line;
      firstRefusal = step.label((answer.status() + " " + sample).strip());
    }
  }

  void failed(String error) {
    errors.merge(error, 1L, Long::sum);
  }

  void reopened() {
    reopened++;
  }

  public long tokens() {
    return tokens;
  }

  Optional<String> firstToken() {
    return Optional.ofNullable(firstToken);
  }

  public Optional<String> firstRefusal() {
    return Optional.ofNullable(firstRefusal);
  }

  public SortedMap<String, Long> errors() {
    return errors;
  }

  BenchResult toResult(BenchPlan plan, int connections, double seconds, CpuCost cpu) {
    long failures = errors.values().stream().mapToLong(Long::longValue).sum();
    Map<String, Prepared> prepared = new LinkedHashMap<>();
    preparing.forEach((step, times) -> prepared.put(step, times.toPrepared()));
    return new BenchResult(plan.name(), plan.grant(), connections, seconds, tokens + failures, tokens, errors,
        firstRefusal, reopened, tokens / seconds, latencies.millis(50), latencies.millis(90), latencies.millis(99),
        latencies.millis(100), prepared, cpu);
  }
}
