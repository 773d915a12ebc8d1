package dev.mintlog.connections;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.ConfigKeys;
import dev.mintlog.runtime.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Keys that more than one service has. */
public final class ConnectionKeys {
  public static final ConfigKey<List<String>> KAFKA_BOOTSTRAP_SERVERS =
      ConfigKey.hostPorts("kafka.bootstrap-servers", "Kafka brokers to begin with.").example("kafka-1:9092,kafka-2:9092");
  public static final ConfigKey<Boolean> KAFKA_ALLOW_SINGLE_REPLICA = ConfigKey.bool("kafka.allow-single-replica",
      "Accept topics with one replica: for one machine only, because a lost disk then loses the record.")
      .defaultsTo(false);
  public static final ConfigKey<Path> KAFKA_CLIENT_PROPERTIES = ConfigKey.path("kafka.client-properties",
      "A file of Kafka client settings for TLS and SASL.").optional();
  public static final ConfigKey<URI> SCHEMA_REGISTRY_URL =
      ConfigKey.uri("schema-registry.url", List.of("http", "https"), "Base of the schema registry's Confluent API.")
          .example("http://schema-registry:8080/apis/ccompat/v7");
  public static final ConfigKey<Path> SCHEMA_REGISTRY_CLIENT_PROPERTIES = ConfigKey.path(
      "schema-registry.client-properties", "A file of settings of Confluent's client, for credentials and TLS.").optional();
  public static final ConfigKey<Boolean> SCHEMA_REGISTRY_AUTO_REGISTER = ConfigKey.bool("schema-registry.auto-register",
      "Register schemas at start instead of only looking them up.").defaultsTo(false);
  public static final ConfigKey<URI> REDIS_URI =
      ConfigKey.uri("redis.uri", List.of("redis", "rediss"), "The Redis that authorizations rest in.")
          .example("redis://redis:6379");
  public static final ConfigKey<String> REDIS_USERNAME =
      ConfigKey.string("redis.username", "The user of Redis' ACL; without it, its default user.").optional();
  public static final ConfigKey<Secret> REDIS_PASSWORD =
      ConfigKey.secret("redis.password", "The password of that user.").optional();
  public static final ConfigKey<Secret> CHANNEL_SECRET = ConfigKey.secret("channel.secret",
          "What edges and processors share: 256 random bits, made by mintlog keys.")
      .check("43 characters of base64url, as mintlog keys makes them", "(made by mintlog keys)", isRootSecret());
  public static final ConfigKey<List<Secret>> CHANNEL_ACCEPTED_SECRETS = ConfigKey.secrets("channel.accepted-secrets",
      "Further channel secrets that are accepted but not used to write.").defaultsTo(List.of());
  public static final ConfigKey<Secret> KEY_ENCRYPTION_KEY = ConfigKey.secret("key-encryption.key",
          "What signing keys and states in the changelog are sealed under: 256 random bits, made by mintlog keys.")
      .check("43 characters of base64url, as mintlog keys makes them", "(made by mintlog keys)", isRootSecret());
  public static final ConfigKey<List<Secret>> KEY_ENCRYPTION_ACCEPTED_KEYS =
      ConfigKey.secrets("key-encryption.accepted-keys", "Further key-encryption keys that are accepted for reading.")
          .defaultsTo(List.of());
  public static final ConfigKey<List<String>> REGISTRY_PUBLIC_KEY = ConfigKey.strings("registry.public-key",
      "Public keys that registry records are signed for; mintlog keys prints them.");

  private ConnectionKeys() {}

  /** Kafka and the schema registry. */
  public static ConfigKeys log(String service) {
    return ConfigKeys.of(service, KAFKA_BOOTSTRAP_SERVERS, KAFKA_ALLOW_SINGLE_REPLICA, KAFKA_CLIENT_PROPERTIES,
        SCHEMA_REGISTRY_URL, SCHEMA_REGISTRY_CLIENT_PROPERTIES, SCHEMA_REGISTRY_AUTO_REGISTER);
  }

  /** What both an edge and a processor reach and share. */
  public static ConfigKeys service(String service) {
    return log(service).and(ConfigKeys.of(service, REDIS_URI, REDIS_USERNAME, REDIS_PASSWORD, CHANNEL_SECRET,
        CHANNEL_ACCEPTED_SECRETS, REGISTRY_PUBLIC_KEY));
  }

  /** What only a processor and the operator's command line have. */
  public static ConfigKeys keyEncryption(String service) {
    return ConfigKeys.of(service, KEY_ENCRYPTION_KEY, KEY_ENCRYPTION_ACCEPTED_KEYS);
  }

  private static Predicate<Secret> isRootSecret() {
    return secret -> {
      try {
        RootSecret.parse(secret.reveal());
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    };
  }
}
