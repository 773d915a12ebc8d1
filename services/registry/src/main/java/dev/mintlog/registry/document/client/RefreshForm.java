package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.Client.RefreshPolicy;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import java.time.Duration;

/** A client's {@code refresh} as it is written. */
final class RefreshForm {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEARS = Duration.ofDays(3660);
  private static final String ROTATE = "rotate";
  private static final String REUSE = "reuse";

  private RefreshForm() {}

  static RefreshPolicy read(Fields fields) {
    RefreshPolicy usual = RefreshPolicy.DEFAULT;
    RefreshPolicy refresh = new RefreshPolicy(
        fields.duration("absoluteLifetime", usual.absoluteLifetime(), SECOND, YEARS),
        fields.duration("slidingLifetime", usual.slidingLifetime(), SECOND, YEARS),
        fields.duration("graceWindow", usual.graceWindow(), Duration.ZERO, Duration.ofHours(1)),
        rotates(fields));
    fields.end();
    return refresh;
  }

  static void write(ObjectNode node, RefreshPolicy refresh) {
    node.put("policy", refresh.rotates() ? ROTATE : REUSE);
    node.put("absoluteLifetime", DurationText.write(refresh.absoluteLifetime()));
    node.put("slidingLifetime", DurationText.write(refresh.slidingLifetime()));
    node.put("graceWindow", DurationText.write(refresh.graceWindow()));
  }

  private static boolean rotates(Fields fields) {
    String policy = fields.optionalText("policy").orElse(ROTATE);
    if (!policy.equals(ROTATE) && !policy.equals(REUSE)) {
      fields.problem("policy", "expected " + ROTATE + " or " + REUSE + ", found '" + policy + "'");
    }
    return !policy.equals(REUSE);
  }
}
