package dev.mintlog.bench.load;

/**
 * What the requests of one preparing step came to, such as those that create authorizations. They are no tokens, and their
 * latencies are not the tokens'; but their CPU time stands in what the tokens cost.
 *
 * @param count answered with success
 * @param p50Millis median time from sending the request to having the answer, to 3 digits
 * @param p99Millis 99th percentile
 */
public record Prepared(long count, double p50Millis, double p99Millis) {
}
