package dev.mintlog.edge.limit;

import dev.mintlog.answer.TokenError;
import dev.mintlog.edge.request.Refusal;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.client.RegisteredClient;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Holds each client to its rate. To be asked after a client has proved itself: whoever merely names a client takes nothing
 * of its rate. A public client proves nothing, so that its rate is counted for each network it is asked from, and nobody
 * elsewhere can use it up. Thread-safe.
 */
public final class ClientRateLimits {
  /** Clients and networks that are remembered, of each kind; about 100 bytes each. */
  static final int BUCKETS_MAX = 50_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private record Confidential(String tenant, String client) {}

  private record Public(String tenant, String client, String network) {}

  private final Optional<RateLimit> usual;
  // Apart: who comes from many networks must not make the others' rates forgotten.
  private final TokenBuckets<Confidential> confidential;
  private final TokenBuckets<Public> publics;
  private final LongAdder refused = new LongAdder();

  /** @param usual for clients that have no limit of their own; empty for none */
  public ClientRateLimits(Optional<RateLimit> usual, LongSupplier nanoTime) {
    this.usual = usual;
    this.confidential = new TokenBuckets<>(BUCKETS_MAX, nanoTime);
    this.publics = new TokenBuckets<>(BUCKETS_MAX, nanoTime);
  }

  /**
   * Counts a request.
   *
   * @param address the address that the request came from, in digits
   * @return the refusal to answer with, where the client has asked too often
   */
  public Optional<Refusal> count(String tenant, RegisteredClient client, String address) {
    Optional<RateLimit> limit = client.rateLimit().or(() -> usual);
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    long waitNanos = client.isPublic()
        ? publics.take(new Public(tenant, client.id(), Network.of(address)), limit.get())
        : confidential.take(new Confidential(tenant, client.id()), limit.get());
    if (waitNanos == 0) {
      return Optional.empty();
    }
    refused.increment();
    return Optional.of(refusal(limit.get(), waitNanos));
  }

  // RFC 6585 §4: "The response representations SHOULD include details explaining the condition, and MAY include a
  // Retry-After header indicating how long to wait before making a new request."
  private static Refusal refusal(RateLimit limit, long waitNanos) {
    int seconds = (int) Math.max(1, (waitNanos + SECOND_NANOS - 1) / SECOND_NANOS);
    return new Refusal(429, TokenError.TEMPORARILY_UNAVAILABLE.code(), "expected at most " + limit.perSecond()
        + " requests per second and " + limit.burst() + " at once of this client, but found more; nothing was lost, try"
        + " again", seconds);
  }

  /** How many requests were refused. */
  public long refused() {
    return refused.sum();
  }
}
