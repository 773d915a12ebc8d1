package dev.mintlog.processor;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.TestBroker;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.processor.life.StepObserver;
import dev.mintlog.registry.apply.ApplyOptions;
import dev.mintlog.registry.apply.RegistryApply;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** A real broker and a real Redis with topics and a registry, for processors to run on. */
final class RealParts implements AutoCloseable {
  static final int PARTITIONS = 4;
  static final String REGISTRY = """
      tenants:
      - name: default
        issuer: https://issuer.example
        apiResources: [{name: api, scopes: [read, write]}]
        clients:
        - id: service
          grantTypes: [client_credentials]
          allowedScopes: [read, write]
          secrets: [{hash: 'sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]
        - id: service-ec
          grantTypes: [client_credentials]
          allowedScopes: [read]
          signingAlgorithm: ES256
          secrets: [{hash: 'sha256:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'}]
        - id: app
          public: true
          grantTypes: [authorization_code, refresh_token, device_code]
          allowedScopes: [openid, read, offline_access]
          redirectUris: ['https://app.example/cb']
          signingAlgorithm: ES256
      """;

  final TestBroker broker;
  final RealRedis redis;
  final KafkaSettings kafka;
  final SecretRing channel = SecretRing.of(RootSecret.random(new SecureRandom()));
  final SecretRing keyEncryption = SecretRing.of(RootSecret.random(new SecureRandom()));
  private final String schemas = "mock://" + System.identityHashCode(this);
  final RecordCodec codec = codec();

  RealParts(Path dir) throws Exception {
    broker = new TestBroker(Files.createDirectory(dir.resolve("kafka")), 1_000);
    redis = RealRedis.start(Files.createDirectory(dir.resolve("redis")), "--appendonly", "yes",
        "--maxmemory-policy", "noeviction");
    kafka = KafkaSettings.of(broker.bootstrapServers(), true, "test");
    codec.prepare(WireSchemas.byTopic(), Duration.ofSeconds(5));
    try (Admin admin = Admins.open(kafka)) {
      LogLayout.create(admin, kafka, PARTITIONS);
    }
  }

  RecordCodec codec() {
    return new RecordCodec(schemas, true);
  }

  /** Publishes a registry; the revision. */
  long apply(String yaml) {
    return apply(yaml, keyEncryption);
  }

  /** @param keys sealed and signed with the current one of these */
  long apply(String yaml, SecretRing keys) {
    return new RegistryApply(kafka, codec, keys, Clock.systemUTC(), new SecureRandom())
        .apply(RegistryDocument.parse(yaml), ApplyOptions.of(Optional.empty(), PARTITIONS)).revision();
  }

  GrantProcessor processor(StepObserver observer, Consumer<String> end, Map<String, String> more) {
    Map<String, String> texts = new HashMap<>(Map.of(
        "kafka.bootstrap-servers", broker.bootstrapServers(),
        "kafka.allow-single-replica", "true",
        "schema-registry.url", "http://localhost",
        "redis.uri", redis.uri().toString(),
        "channel.secret", channel.current().text(),
        "key-encryption.key", keyEncryption.current().text(),
        "registry.public-key", RegistryKeys.publicKeyText(keyEncryption.current()),
        "health.port", "0"));
    texts.putAll(more);
    return new GrantProcessor(Settings.of(ProcessorKeys.ALL, texts), this::codec, observer, end);
  }

  @Override
  public void close() throws Exception {
    redis.close();
    broker.close();
  }
}
