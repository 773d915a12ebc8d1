package dev.mintlog.bench.load;

import java.util.Map;
import java.util.SortedMap;

/**
 * One step's measurement.
 *
 * @param name of the plan
 * @param grant the grant type under load
 * @param concurrency virtual users, each with one connection to the token endpoint and one request in flight
 * @param seconds measured, by the clock
 * @param requests that came to a token or an error; those that only prepared for a token are counted apart
 * @param tokens answers of 200 with an access_token
 * @param errors how many by kind: a status, or what happened instead of an answer; with the step's name before it where a
 *     request failed that prepares for a token
 * @param firstRefusal status and body of the first answer that was not 200, or null
 * @param reopened connections opened anew because the server closed them or an answer was unreadable or late
 * @param tokensPerSecond rate of tokens alone
 * @param p50Millis median time from sending a request to having its token; the others likewise, to 3 digits
 * @param p90Millis 90th percentile
 * @param p99Millis 99th percentile
 * @param maxMillis the slowest token
 * @param prepared the requests that were needed to have a credential for each token, by step
 * @param cpu what the tokens cost, the requests that prepared for them included
 */
public record BenchResult(
    String name,
    String grant,
    int concurrency,
    double seconds,
    long requests,
    long tokens,
    SortedMap<String, Long> errors,
    String firstRefusal,
    long reopened,
    double tokensPerSecond,
    double p50Millis,
    double p90Millis,
    double p99Millis,
    double maxMillis,
    Map<String, Prepared> prepared,
    CpuCost cpu) {

  /** How many requests brought no token. */
  public long failures() {
    return requests - tokens;
  }
}
