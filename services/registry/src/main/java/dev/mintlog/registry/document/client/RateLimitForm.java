package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.RateLimit;
import dev.mintlog.registry.document.text.Fields;
import java.util.Optional;

/** A rate limit as it is written. */
final class RateLimitForm {
  private RateLimitForm() {}

  static Optional<RateLimit> read(Fields fields, String key) {
    Fields limit = fields.object(key);
    if (!fields.has(key)) {
      return Optional.empty();
    }
    int perSecond = limit.wholeNumber("perSecond", 1, RateLimit.PER_SECOND_MAX);
    int burst = limit.has("burst") ? limit.wholeNumber("burst", 1, RateLimit.BURST_MAX) : perSecond;
    limit.end();
    return Optional.of(new RateLimit(perSecond, burst));
  }

  static void write(ObjectNode node, RateLimit limit) {
    node.put("perSecond", limit.perSecond());
    node.put("burst", limit.burst());
  }
}
