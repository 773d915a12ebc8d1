package dev.mintlog.channel.log;

import java.util.Map;

/**
 * How the schema registry is reached.
 *
 * @param url where the Confluent REST API is, path included; {@code mock://name} keeps schemas in this JVM
 * @param autoRegister whether what is missing is registered; otherwise a missing schema is a failed start
 * @param client settings of Confluent's client for credentials and TLS; passed through, may hold secrets
 */
public record SchemaRegistrySettings(String url, boolean autoRegister, Map<String, String> client) {
  public SchemaRegistrySettings {
    client = Map.copyOf(client);
  }

  /** The same, that registers what is missing. */
  public SchemaRegistrySettings registering() {
    return new SchemaRegistrySettings(url, true, client);
  }

  @Override
  public String toString() {
    return "SchemaRegistrySettings[" + url + ", autoRegister=" + autoRegister + ", client settings " + client.keySet() + "]";
  }
}
