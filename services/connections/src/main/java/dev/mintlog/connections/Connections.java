package dev.mintlog.connections;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.SchemaRegistrySettings;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.Secret;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.config.Unreadable;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Makes of settings what the services reach each other with. */
public final class Connections {
  private Connections() {}

  /** @throws ConfigException where the file of client properties cannot be read */
  public static KafkaSettings kafka(Settings settings, String clientIdPrefix) {
    return new KafkaSettings(String.join(",", settings.get(ConnectionKeys.KAFKA_BOOTSTRAP_SERVERS)),
        settings.get(ConnectionKeys.KAFKA_ALLOW_SINGLE_REPLICA), clientIdPrefix,
        clientProperties(settings, ConnectionKeys.KAFKA_CLIENT_PROPERTIES, "Kafka client settings"));
  }

  /** Not yet prepared: no schema was asked for. */
  public static RecordCodec codec(Settings settings) {
    return new RecordCodec(schemaRegistry(settings));
  }

  /** @throws ConfigException where the file of client properties cannot be read */
  public static SchemaRegistrySettings schemaRegistry(Settings settings) {
    return new SchemaRegistrySettings(settings.get(ConnectionKeys.SCHEMA_REGISTRY_URL).toString(),
        settings.get(ConnectionKeys.SCHEMA_REGISTRY_AUTO_REGISTER),
        clientProperties(settings, ConnectionKeys.SCHEMA_REGISTRY_CLIENT_PROPERTIES, "schema registry client settings"));
  }

  /** @throws ConfigException where a user has no password */
  public static RedisAddress redis(Settings settings) {
    Optional<String> username = settings.find(ConnectionKeys.REDIS_USERNAME);
    Optional<Secret> password = settings.find(ConnectionKeys.REDIS_PASSWORD);
    if (username.isPresent() && password.isEmpty()) {
      throw new ConfigException(ConnectionKeys.REDIS_USERNAME + " is '" + username.get() + "', but "
          + ConnectionKeys.REDIS_PASSWORD + " is missing; set it, or leave out both");
    }
    return new RedisAddress(
        settings.get(ConnectionKeys.REDIS_URI), username.orElse(RedisAddress.DEFAULT_USER), password);
  }

  public static SecretRing channelSecrets(Settings settings) {
    return ring(settings, ConnectionKeys.CHANNEL_SECRET, ConnectionKeys.CHANNEL_ACCEPTED_SECRETS);
  }

  public static SecretRing keyEncryptionKeys(Settings settings) {
    return ring(settings, ConnectionKeys.KEY_ENCRYPTION_KEY, ConnectionKeys.KEY_ENCRYPTION_ACCEPTED_KEYS);
  }

  private static SecretRing ring(Settings settings, ConfigKey<Secret> current, ConfigKey<List<Secret>> accepted) {
    try {
      return new SecretRing(RootSecret.parse(settings.get(current).reveal()),
          settings.get(accepted).stream().map(secret -> RootSecret.parse(secret.reveal())).toList());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(accepted.name() + ": " + e.getMessage() + "; mintlog keys makes them");
    }
  }

  private static Map<String, String> clientProperties(Settings settings, ConfigKey<Path> key, String whose) {
    Optional<Path> file = settings.find(key);
    if (file.isEmpty()) {
      return Map.of();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file.get(), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new ConfigException(key.name() + " is " + file.get()
          + ", but " + Unreadable.reason(file.get()) + "; name a readable file of " + whose);
    }
    Map<String, String> read = new HashMap<>();
    properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
    return read;
  }
}
