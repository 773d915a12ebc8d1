package dev.mintlog.channel.log;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers: in a group for commands, assigned by hand for everything else. None commits by itself. */
public final class Consumers {
  /** How soon a dead processor's partitions are taken over, where the broker lets us say. */
  public static final Duration SESSION_TIMEOUT_SHORT = Duration.ofSeconds(2);
  /** And where it keeps to its own defaults: group.min.session.timeout.ms is 6 s. */
  public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

  private static final String HEARTBEAT_MS = "500";
  private static final String POLL_RECORDS_MAX = "500";
  /** A processor polls all the time, also while its partitions are paused; who has not for this long is stuck. */
  private static final String POLL_DISTANCE_MAX_MS = "60000";

  private Consumers() {}

  /**
   * For token-commands, in the processors' group. The classic protocol with cooperative rebalancing: here it costs less
   * than KIP-848's, and the client sets the session timeout.
   *
   * @param sessionTimeout from {@link #sessionTimeout}, or configured
   */
  public static KafkaConsumer<byte[], byte[]> commands(
      KafkaSettings settings, String group, Duration sessionTimeout) {
    Properties properties = byHand(settings, "commands");
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Long.toString(sessionTimeout.toMillis()));
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS);
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, POLL_DISTANCE_MAX_MS);
    return open(properties);
  }

  /** For replies, the changelog and events: assigned and positioned by hand. */
  public static KafkaConsumer<byte[], byte[]> assigned(KafkaSettings settings) {
    return open(byHand(settings, "reader"));
  }

  /** To read something to its end and stop, as {@link #assigned}: what waits for more to come would hold the end up. */
  public static KafkaConsumer<byte[], byte[]> toTheEnd(KafkaSettings settings) {
    Properties properties = byHand(settings, "restore");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
    return open(properties);
  }

  /** For the registry: as {@link #assigned}, and reads only what a transaction committed. */
  public static KafkaConsumer<byte[], byte[]> committed(KafkaSettings settings) {
    Properties properties = byHand(settings, "registry");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    return open(properties);
  }

  /** The shortest session timeout that every broker accepts, of the two above. */
  public static Duration sessionTimeout(Admin admin) {
    try {
      Collection<Node> nodes = admin.describeCluster().nodes().get(Admins.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
      List<ConfigResource> brokers = nodes.stream()
          .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
          .toList();
      Map<ConfigResource, Config> configs =
          admin.describeConfigs(brokers).all().get(Admins.CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
      return configs.values().stream().allMatch(Consumers::allowsShort) ? SESSION_TIMEOUT_SHORT : SESSION_TIMEOUT;
    } catch (ExecutionException | TimeoutException e) {
      // Not allowed to ask, perhaps: then what every broker takes.
      return SESSION_TIMEOUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return SESSION_TIMEOUT;
    }
  }

  private static boolean allowsShort(Config broker) {
    ConfigEntry least = broker.get("group.min.session.timeout.ms");
    return least != null && least.value() != null && Long.parseLong(least.value()) <= SESSION_TIMEOUT_SHORT.toMillis();
  }

  private static Properties byHand(KafkaSettings settings, String role) {
    Properties properties = settings.common(role);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    // Where a position is lost, nothing may be skipped; what was done already is recognised.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "500");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_RECORDS_MAX);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
    return properties;
  }

  private static KafkaConsumer<byte[], byte[]> open(Properties properties) {
    return ClientStart.open(properties,
        () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }
}
