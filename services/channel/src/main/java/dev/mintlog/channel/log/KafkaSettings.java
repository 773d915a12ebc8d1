package dev.mintlog.channel.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * How Kafka is reached.
 *
 * @param bootstrapServers host:port, separated by commas
 * @param allowSingleReplica whether topics with one replica are accepted: a demo on one machine, never production
 * @param clientIdPrefix begins every client.id, e.g. {@code edge-1}
 * @param security settings of the Kafka client for TLS and SASL; passed through, may hold secrets
 */
public record KafkaSettings(
    String bootstrapServers, boolean allowSingleReplica, String clientIdPrefix, Map<String, String> security) {

  public KafkaSettings {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("expected host:port as bootstrap servers, but found none");
    }
    security = Map.copyOf(security);
  }

  public static KafkaSettings of(String bootstrapServers, boolean allowSingleReplica, String clientIdPrefix) {
    return new KafkaSettings(bootstrapServers, allowSingleReplica, clientIdPrefix, Map.of());
  }

  /** What every client has in common. */
  Properties common(String role) {
    Map<String, Object> common = new HashMap<>(security);
    common.put("bootstrap.servers", bootstrapServers);
    common.put("client.id", clientIdPrefix + "-" + role);
    // Neither pushed to the broker nor kept for JMX: both cost on the hot path, and our own counters say more.
    common.put("enable.metrics.push", "false");
    common.put("metric.reporters", "");
    common.put("reconnect.backoff.ms", "50");
    common.put("reconnect.backoff.max.ms", "1000");
    Properties properties = new Properties();
    properties.putAll(common);
    return properties;
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + bootstrapServers + ", allowSingleReplica=" + allowSingleReplica + ", client id "
        + clientIdPrefix + ", security settings " + security.keySet() + "]";
  }
}
