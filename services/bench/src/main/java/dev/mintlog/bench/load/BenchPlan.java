package dev.mintlog.bench.load;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Script;
import dev.mintlog.bench.script.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to measure, every part bounded so that a run ends by itself.
 *
 * @param name what the report calls it, such as the signature algorithm
 * @param grant the grant type under load
 * @param target the token endpoint
 * @param script what every virtual user does
 * @param expectedAlg the {@code alg} the first token's header must name (RFC 7515 §4.1.1), if that matters
 * @param concurrency virtual users per step, each 1 to {@value #MAX_CONNECTIONS}, at most {@value #MAX_STEPS} steps
 * @param warmUp load before the first step's measurement, 0 to 10 min; later steps take at most 5 s of it
 * @param measured length of each measurement, more than 0, at most 10 min
 * @param answerTimeout a request unanswered for this long is an error, more than 0, at most 60 s
 */
public record BenchPlan(
    String name,
    String grant,
    Target target,
    Script script,
    Optional<String> expectedAlg,
    List<Integer> concurrency,
    Duration warmUp,
    Duration measured,
    Duration answerTimeout) {

  static final int MAX_CONNECTIONS = 1024;
  static final int MAX_STEPS = 16;
  static final Duration MAX_LENGTH = Duration.ofMinutes(10);
  static final Duration MAX_ANSWER_TIMEOUT = Duration.ofSeconds(60);

  /** @throws BenchException when a bound is broken, naming it */
  public BenchPlan {
    concurrency = List.copyOf(concurrency);
    if (concurrency.isEmpty() || concurrency.size() > MAX_STEPS) {
      throw new BenchException("--concurrency: expected 1 to " + MAX_STEPS + " numbers, found " + concurrency.size());
    }
    for (int connections : concurrency) {
      if (connections < 1 || connections > MAX_CONNECTIONS) {
        throw new BenchException("--concurrency " + connections + ": expected 1 to " + MAX_CONNECTIONS);
      }
    }
    if (warmUp.isNegative()) {
      throw new BenchException("--warmup " + warmUp.toSeconds() + ": expected 0 to " + MAX_LENGTH.toSeconds());
    }
    if (!warmUp.isZero()) {
      requireWithin("--warmup", warmUp, MAX_LENGTH);
    }
    requireWithin("--seconds", measured, MAX_LENGTH);
    requireWithin("--timeout", answerTimeout, MAX_ANSWER_TIMEOUT);
  }

  private static void requireWithin(String option, Duration length, Duration most) {
    if (length.isNegative() || length.isZero() || length.compareTo(most) > 0) {
      throw new BenchException(option + " " + length.toSeconds() + ": expected 1 to " + most.toSeconds());
    }
  }
}
