package dev.mintlog.cli;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How an operator's command finds the deployment: the same keys, file and variables as the services. */
final class OperatorSettings {
  /** What an operator's file may hold: one file serves all commands, whichever of it each needs. */
  static final ConfigKeys KEYS = ConnectionKeys.service("operator").and(ConnectionKeys.keyEncryption("operator"));

  /** Kafka and the schema registry. */
  static final ConfigKeys LOG = ConnectionKeys.log("operator");
  /** The same, and what the registry's keys follow from. */
  static final ConfigKeys LOG_AND_KEY_ENCRYPTION = LOG.and(ConnectionKeys.keyEncryption("operator"));
  /** What is sealed for edges. */
  static final ConfigKeys CHANNEL =
      ConfigKeys.of("operator", ConnectionKeys.CHANNEL_SECRET, ConnectionKeys.CHANNEL_ACCEPTED_SECRETS);
  /** The same as {@link #LOG}, and what tells our records from others'. */
  static final ConfigKeys LOG_AND_CHANNEL = LOG.and(CHANNEL);
  /** The same, and whose registry counts. */
  static final ConfigKeys LOG_CHANNEL_AND_REGISTRY =
      LOG_AND_CHANNEL.and(ConfigKeys.of("operator", ConnectionKeys.REGISTRY_PUBLIC_KEY));

  @Option(names = "--config", paramLabel = "F", defaultValue = ConfigOption.DEFAULT,
      description = "YAML file with kafka.bootstrap-servers, schema-registry.url and what else the command needs; the "
          + "environment (MINTLOG_KAFKA_BOOTSTRAP_SERVERS, ...) wins over it. MINTLOG_CONFIG names it, too.")
  private Path file;

  /**
   * The settings, of which only the needed ones must be given: who reads the audit has no business with the keys that
   * tokens are signed with.
   */
  Settings load(ConfigKeys needed) {
    return load(needed, Optional.ofNullable(file), System.getenv());
  }

  static Settings load(ConfigKeys needed, Optional<Path> file, Map<String, String> env) {
    return Settings.load(asking(needed), file, env);
  }

  private static ConfigKeys asking(ConfigKeys needed) {
    List<ConfigKey<?>> all = KEYS.all();
    ConfigKey<?>[] asked = new ConfigKey<?>[all.size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = needed.all().contains(all.get(i)) ? all.get(i) : all.get(i).optional();
    }
    return ConfigKeys.of("operator", asked);
  }
}
