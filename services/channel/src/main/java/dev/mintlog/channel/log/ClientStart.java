package dev.mintlog.channel.log;

import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;

/** Makes Kafka clients; settings that none can be made with are the operator's to mend, and named in one line. */
final class ClientStart {
  private ClientStart() {}

  /** @throws ChannelStartException where a host name is unknown, or a setting of the client properties is none */
  static <C> C open(Properties properties, Supplier<C> client) {
    try {
      return client.get();
    } catch (KafkaException e) {
      throw new ChannelStartException(problem(properties, reason(e)), e);
    }
  }

  private static String problem(Properties properties, String reason) {
    return reason.contains(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
        ? "kafka.bootstrap-servers is " + properties.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)
            + ", which no client can be started with (" + reason + "); check the host names"
        : "kafka.client-properties: no client can be started with these settings (" + reason + "); correct the file";
  }

  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
