package dev.mintlog.processor;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import java.time.Duration;

/** The settings of a grant processor. */
public final class ProcessorKeys {
  public static final ConfigKey<String> GROUP_ID =
      ConfigKey.string("group-id", "Consumer group of all processors of one deployment.").defaultsTo("grant-processor");
  public static final ConfigKey<Duration> SESSION_TIMEOUT = ConfigKey.duration("session-timeout",
      Duration.ofSeconds(1), Duration.ofMinutes(1),
      "How soon a dead processor's partitions are taken over; 2s where the brokers allow it, else 6s, unless given.")
      .optional();
  public static final ConfigKey<Integer> COMMANDS_IN_FLIGHT_MAX = ConfigKey.integer("commands-in-flight.max", 1_000,
      5_000, "Commands taken and not finished; beyond it no more are taken.").defaultsTo(2_000);
  public static final ConfigKey<Integer> SIGNING_THREADS =
      ConfigKey.integer("signing.threads", 1, 64, "Threads that sign; no more than there are cores.").defaultsTo(2);
  public static final ConfigKey<Duration> REGISTRY_WAIT = ConfigKey.duration("registry-wait", Duration.ofSeconds(1),
      Duration.ofMinutes(1), "How long a command waits for its registry revision; then this processor leaves.")
      .defaultsTo(Duration.ofSeconds(5));
  public static final ConfigKey<Duration> START_WAIT = ConfigKey.duration("start-wait", Duration.ofSeconds(1),
      Duration.ofMinutes(10), "How long a start waits for each thing it needs.").defaultsTo(Duration.ofSeconds(30));
  public static final ConfigKey<String> HEALTH_HOST =
      ConfigKey.string("health.host", "Address of /health/live and /health/ready.").defaultsTo("127.0.0.1");
  public static final ConfigKey<Integer> HEALTH_PORT = ConfigKey.integer("health.port", 0, 65_535,
      "Port of /health/live and /health/ready; 0 for none.").defaultsTo(8083);

  /** All of them. */
  public static final ConfigKeys ALL = ConnectionKeys.service("processor")
      .and(ConnectionKeys.keyEncryption("processor"))
      .and(ConfigKeys.of("processor", GROUP_ID, SESSION_TIMEOUT, COMMANDS_IN_FLIGHT_MAX, SIGNING_THREADS, REGISTRY_WAIT,
          START_WAIT, HEALTH_HOST, HEALTH_PORT));

  private ProcessorKeys() {}
}
