package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.CibaPolicy;
import java.time.Duration;
import java.util.Optional;

/** A client's {@code ciba} as it is written. */
final class CibaForm {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private CibaForm() {}

  static CibaPolicy read(Fields fields) {
    CibaPolicy usual = CibaPolicy.DEFAULT;
    Duration lifetime = fields.duration("lifetime", usual.lifetime(), SECOND, Duration.ofHours(1));
    Duration interval = fields.duration("pollingInterval", usual.pollingInterval(), SECOND, Duration.ofMinutes(1));
    fields.end();
    return new CibaPolicy(lifetime, interval, Optional.empty());
  }

  static void write(ObjectNode node, CibaPolicy ciba) {
    node.put("lifetime", DurationText.write(ciba.lifetime()));
    node.put("pollingInterval", DurationText.write(ciba.pollingInterval()));
  }
}
