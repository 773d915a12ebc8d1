package dev.mintlog.standalone.demo;

import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.standalone.LocalParts;
import dev.mintlog.standalone.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The settings with which an operator's commands reach what runs here: {@code mintlog audit --config FILE}. */
final class OperatorFile {
  private OperatorFile() {}

  static Path in(StateDirectory state) {
    return state.resolve("mintlog.yaml");
  }

  static void write(StateDirectory state, LocalParts local, LocalSecrets secrets) {
    String yaml = "# Written by mintlog up at every start.\n"
        + line(ConnectionKeys.KAFKA_BOOTSTRAP_SERVERS, local.broker().bootstrapServers())
        + line(ConnectionKeys.KAFKA_ALLOW_SINGLE_REPLICA, true)
        + line(ConnectionKeys.SCHEMA_REGISTRY_URL, local.schemaRegistry().uri())
        + line(ConnectionKeys.REDIS_URI, local.redis().uri())
        + line(ConnectionKeys.REGISTRY_PUBLIC_KEY, RegistryKeys.publicKeyText(secrets.keyEncryption()))
        + ConnectionKeys.CHANNEL_SECRET + "-file: \"" + state.resolve(LocalSecrets.CHANNEL_FILE) + "\"\n"
        + ConnectionKeys.KEY_ENCRYPTION_KEY + "-file: \"" + state.resolve(LocalSecrets.KEY_ENCRYPTION_FILE) + "\"\n";
    try {
      Files.writeString(in(state), yaml);
    } catch (IOException e) {
      throw new StartException("Expected to write " + in(state) + ", but found: " + e
          + "; choose another directory with --dir", e);
    }
  }

  private static String line(ConfigKey<?> key, Object value) {
    return key + ": \"" + value + "\"\n";
  }
}
