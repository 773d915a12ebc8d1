package dev.mintlog.cli;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How an operator's command finds the deployment: the same keys, file and variables as the services. */
final class OperatorSettings {
  /** An operator's command takes a service's file: keys that it does not use are known to it all the same. */
  static final ConfigKeys KEYS = ConnectionKeys.service("operator").and(ConnectionKeys.keyEncryption("operator"));

  @Option(names = "--config", paramLabel = "F",
      description = "YAML file with kafka.bootstrap-servers, schema-registry.url and what else the command needs; the "
          + "environment (MINTLOG_KAFKA_BOOTSTRAP_SERVERS, ...) wins over it.")
  private Path file;

  Settings load() {
    return Settings.load(KEYS, Optional.ofNullable(file), System.getenv());
  }
}
