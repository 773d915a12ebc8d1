package dev.mintlog.system;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.edge.Edge;
import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.processor.GrantProcessor;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.registry.key.RegistryKeys;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.standalone.LocalBroker;
import dev.mintlog.standalone.LocalRedis;
import dev.mintlog.standalone.LocalSchemaRegistry;
import dev.mintlog.standalone.LoopbackPorts;
import dev.mintlog.standalone.Progress;
import dev.mintlog.standalone.demo.LogSetup;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Broker, Redis and schema registry as processes, with edges and processors on them. Starting the parts takes seconds, so
 * tests that break nothing share one; a test that stops or kills a part takes one of its own.
 */
final class RunningSystem implements AutoCloseable {
  /** Password {@code correct horse}, hashed as {@code htpasswd -m} does. */
  private static final String STAFF = "erin:$apr1$mintlog1$9PgfIJfw2LEXmb88W6bZD1\n";

  private static RunningSystem shared;

  private final Path dir;
  private final LocalBroker broker;
  private final LocalRedis redis;
  private final LocalSchemaRegistry schemaRegistry;
  private final RootSecret channel = RootSecret.random(new SecureRandom());
  private final RootSecret keyEncryption = RootSecret.random(new SecureRandom());
  private final TestRegistry registry;
  private final int publicPort = LoopbackPorts.free();
  private final List<Edge> edges = new ArrayList<>();
  private final List<GrantProcessor> processors = new ArrayList<>();

  private RunningSystem(String registryResource) throws IOException, InterruptedException {
    registry = new TestRegistry(registryResource, SecretRing.of(channel));
    dir = Files.createTempDirectory("mintlog-test");
    broker = new LocalBroker(dir.resolve("kafka"), LoopbackPorts.free());
    redis = new LocalRedis(dir.resolve("redis"), LoopbackPorts.free());
    schemaRegistry = new LocalSchemaRegistry(dir.resolve("schema-registry"), LoopbackPorts.free());
    broker.start();
    redis.start();
    schemaRegistry.start();
    new LogSetup(this::kafka, () -> schemaRegistry.uri().toString(), SecretRing.of(keyEncryption), registry::document,
        publicUrl(), new Progress(new PrintStream(OutputStream.nullOutputStream()))).start();
  }

  /** One system for all tests that leave it as they found it: one edge, one processor. */
  static synchronized RunningSystem shared() {
    if (shared == null) {
      shared = withOneOfEach();
      RunningSystem toClose = shared;
      Runtime.getRuntime().addShutdownHook(new Thread(toClose::close));
    }
    return shared;
  }

  /** A system of the caller's own, to be closed by it. */
  static RunningSystem withOneOfEach() {
    RunningSystem system = withoutServices();
    system.startProcessor();
    system.startEdge();
    return system;
  }

  /** The parts, topics, schemas and the registry; edges and processors are the caller's to start. */
  static RunningSystem withoutServices() {
    return withoutServices("registry.yaml");
  }

  /** The same with another registry: a resource beside {@link TestRegistry}. */
  static RunningSystem withoutServices(String registryResource) {
    try {
      return new RunningSystem(registryResource);
    } catch (IOException e) {
      throw new AssertionError("expected the parts to start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  Edge startEdge() {
    return startEdge(Map.of());
  }

  /** @param more settings by name, in place of what is usual here */
  Edge startEdge(Map<String, String> more) {
    try {
      Map<String, String> texts = edgeTexts(edges.isEmpty() ? publicPort : 0);
      texts.putAll(more);
      Edge edge = Edge.start(Settings.of(EdgeKeys.ALL, texts));
      edges.add(edge);
      return edge;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  GrantProcessor startProcessor() {
    try {
      GrantProcessor processor = GrantProcessor.start(Settings.of(ProcessorKeys.ALL, processorTexts()));
      processors.add(processor);
      return processor;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Clients' side of the first edge. */
  URI edge() {
    return url(edges.get(0).port());
  }

  URI edge(int index) {
    return url(edges.get(index).port());
  }

  URI loginApi() {
    return url(edges.get(0).loginPort());
  }

  String publicUrl() {
    return "http://127.0.0.1:" + publicPort;
  }

  TokenClient client(String id) {
    return TokenClient.confidential(edge(), registry.client(id));
  }

  TokenClient publicClient(String id) {
    return TokenClient.publicClient(edge(), id);
  }

  RelyingParty relyingParty() {
    return new RelyingParty(edge());
  }

  LoginApplication loginApplication() {
    return new LoginApplication(loginApi(), client("login"));
  }

  /** Clients' side of the first edge, for one tenant. */
  URI edge(String tenant) {
    return URI.create(edge() + "/" + tenant);
  }

  TokenClient client(String tenant, String id) {
    return TokenClient.confidential(edge(tenant), registry.client(tenant, id));
  }

  LoginApplication loginApplication(String tenant) {
    return new LoginApplication(URI.create(loginApi() + "/" + tenant), client(tenant, "login"));
  }

  TestRegistry registry() {
    return registry;
  }

  LocalBroker broker() {
    return broker;
  }

  LocalRedis redis() {
    return redis;
  }

  LocalSchemaRegistry schemaRegistry() {
    return schemaRegistry;
  }

  RootSecret channelSecret() {
    return channel;
  }

  RootSecret keyEncryptionKey() {
    return keyEncryption;
  }

  Path dir() {
    return dir;
  }

  KafkaSettings kafka() {
    return KafkaSettings.of(broker.bootstrapServers(), true, "mintlog-test");
  }

  Map<String, String> edgeTexts(int port) {
    Map<String, String> texts = common();
    put(texts, EdgeKeys.HTTP_PORT, port);
    put(texts, EdgeKeys.PUBLIC_URL, publicUrl());
    put(texts, EdgeKeys.LOGIN_PORT, 0);
    put(texts, EdgeKeys.HEALTH_PORT, 0);
    put(texts, EdgeKeys.REPLY_WAIT, "15s");
    put(texts, EdgeKeys.USERS_PROVIDERS_FILE, usersElsewhere());
    put(texts, EdgeKeys.KEY_SETS_ALLOW_PRIVATE_ADDRESSES, true);
    return texts;
  }

  private Path usersElsewhere() {
    try {
      Path users = Files.writeString(dir.resolve("staff.htpasswd"), STAFF);
      return Files.writeString(dir.resolve("users.yaml"), "providers:\n"
          + "  - {name: staff, type: htpasswd, tenants: [default], options: {htpasswdFile: " + users + "}}\n");
    } catch (IOException e) {
      throw new AssertionError("expected a directory that can be written to", e);
    }
  }

  Map<String, String> processorTexts() {
    Map<String, String> texts = common();
    put(texts, ConnectionKeys.KEY_ENCRYPTION_KEY, keyEncryption.text());
    put(texts, ProcessorKeys.HEALTH_PORT, 0);
    return texts;
  }

  Map<String, String> operatorTexts() {
    Map<String, String> texts = common();
    put(texts, ConnectionKeys.KEY_ENCRYPTION_KEY, keyEncryption.text());
    return texts;
  }

  private Map<String, String> common() {
    Map<String, String> texts = new HashMap<>();
    put(texts, ConnectionKeys.KAFKA_BOOTSTRAP_SERVERS, broker.bootstrapServers());
    put(texts, ConnectionKeys.KAFKA_ALLOW_SINGLE_REPLICA, true);
    put(texts, ConnectionKeys.SCHEMA_REGISTRY_URL, schemaRegistry.uri());
    put(texts, ConnectionKeys.REDIS_URI, redis.uri());
    put(texts, ConnectionKeys.CHANNEL_SECRET, channel.text());
    put(texts, ConnectionKeys.REGISTRY_PUBLIC_KEY, RegistryKeys.publicKeyText(keyEncryption));
    return texts;
  }

  @Override
  public void close() {
    edges.forEach(RunningSystem::close);
    processors.forEach(RunningSystem::close);
    List.of(broker, schemaRegistry, redis).forEach(RunningSystem::close);
    registry.assertionKeys().server().stop();
    deleteDir();
  }

  private void deleteDir() {
    try (var files = Files.walk(dir)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // A leftover in the temporary directory fails nothing.
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new AssertionError("expected to stop " + part, e);
    }
  }

  private static URI url(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static void put(Map<String, String> texts, ConfigKey<?> key, Object value) {
    texts.put(key.name(), value.toString());
  }
}
