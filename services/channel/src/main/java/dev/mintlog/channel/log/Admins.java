package dev.mintlog.channel.log;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Kafka's admin client. */
public final class Admins {
  /** No question of ours takes longer on a cluster that answers at all. */
  static final Duration CALL_MAX = Duration.ofSeconds(15);

  private Admins() {}

  /** @throws ChannelStartException where none can be made with the settings */
  public static Admin open(KafkaSettings settings) {
    Properties properties = settings.common("admin");
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(CALL_MAX.toMillis()));
    return ClientStart.open(properties, () -> Admin.create(properties));
  }
}
