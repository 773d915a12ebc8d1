package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.client.CibaPolicy;
import dev.mintlog.registry.document.text.DurationText;
import dev.mintlog.registry.document.text.Fields;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** A client's {@code ciba} as it is written. */
final class CibaForm {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Two of the three modes of OpenID CIBA Core §5; tokens are not pushed. */
  private static final String POLL = "poll";
  private static final String PING = "ping";

  private CibaForm() {}

  static CibaPolicy read(Fields fields) {
    CibaPolicy usual = CibaPolicy.DEFAULT;
    Duration lifetime = fields.duration("lifetime", usual.lifetime(), SECOND, Duration.ofHours(1));
    Duration interval = fields.duration("pollingInterval", usual.pollingInterval(), SECOND, Duration.ofMinutes(1));
    String mode = fields.optionalText("mode").orElse(POLL);
    Optional<String> endpoint = fields.optionalText("notificationEndpoint");
    if (!mode.equals(POLL) && !mode.equals(PING)) {
      fields.problem("mode", "expected " + POLL + " or " + PING + ", found '" + mode + "'");
    } else if (mode.equals(PING) != endpoint.isPresent()) {
      fields.problem("notificationEndpoint", "expected one with mode ping, and none with mode poll");
    } else if (endpoint.isPresent() && !isHttps(endpoint.get())) {
      fields.problem("notificationEndpoint",
          "expected an https URL without user and fragment, found '" + endpoint.get() + "'");
    }
    fields.end();
    return new CibaPolicy(lifetime, interval, endpoint);
  }

  static void write(ObjectNode node, CibaPolicy ciba) {
    node.put("lifetime", DurationText.write(ciba.lifetime()));
    node.put("pollingInterval", DurationText.write(ciba.pollingInterval()));
    node.put("mode", ciba.notificationEndpoint().isPresent() ? PING : POLL);
    ciba.notificationEndpoint().ifPresent(endpoint -> node.put("notificationEndpoint", endpoint));
  }

  // OpenID CIBA Core §4: the backchannel_client_notification_endpoint "MUST be an HTTPS URL". What is in it stands in a
  // request later, so that nothing but ASCII may be there.
  private static boolean isHttps(String text) {
    try {
      URI uri = new URI(text);
      return "https".equals(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null && uri.toASCIIString().equals(text);
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
