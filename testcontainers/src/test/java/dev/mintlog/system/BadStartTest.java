package dev.mintlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.fixture.EndedCommand;
import dev.mintlog.fixture.RunningSystem;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.schema.Topics;
import dev.mintlog.standalone.LoopbackPorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What cannot start says so: one line that names the setting, what it is, and what to do; exit code 1; soon. Each
 * command runs as a process of its own, as an operator runs it.
 */
class BadStartTest {
  private static final int PARTITIONS = 6;
  private static final String SECRET = "correct-horse-battery-staple";

  private static RunningSystem system;

  @TempDir
  private Path dir;

  @BeforeAll
  static void start() {
    system = RunningSystem.withoutServices();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  // Settings

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAnUnknownSettingAndTheOneThatWasMeant(String service) {
    run(service, with(service, "kafka.bootstrap-server", "kafka:9092"))
        .failedWithOneLineNaming(service + ": ", "kafka.bootstrap-server ", "did you mean kafka.bootstrap-servers?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAnUnknownVariableAndTheOneThatWasMeant(String service) {
    EndedCommand.run(Map.of("MINTLOG_REDIS_URL", "redis://localhost"), service, "--config", file(settings(service)))
        .failedWithOneLineNaming("MINTLOG_REDIS_URL", "did you mean MINTLOG_REDIS_URI?");
  }

  @ParameterizedTest
  @CsvSource({"edge,http.port,65536", "edge,reply-wait,10", "processor,signing.threads,many",
      "edge,redis.uri,localhost:6379", "edge,kafka.bootstrap-servers,localhost",
      "processor,kafka.allow-single-replica,yes"})
  void shouldNameASettingOfTheWrongTypeWithItsValueAndWhatIsExpected(String service, String key, String value) {
    run(service, with(service, key, value)).failedWithOneLineNaming(key, "'" + value + "'", "expected");
  }

  @ParameterizedTest
  @CsvSource({"edge,kafka.bootstrap-servers,MINTLOG_KAFKA_BOOTSTRAP_SERVERS", "edge,redis.uri,MINTLOG_REDIS_URI",
      "edge,channel.secret,MINTLOG_CHANNEL_SECRET", "edge,registry.public-key,MINTLOG_REGISTRY_PUBLIC_KEY",
      "processor,schema-registry.url,MINTLOG_SCHEMA_REGISTRY_URL",
      "processor,key-encryption.key,MINTLOG_KEY_ENCRYPTION_KEY"})
  void shouldNameAMissingSettingAndItsVariable(String service, String key, String variable) {
    Map<String, String> settings = settings(service);
    settings.remove(key);

    run(service, settings).failedWithOneLineNaming(key + " is missing", variable);
  }

  @ParameterizedTest
  @CsvSource({"edge,channel.secret", "edge,channel.accepted-secrets", "processor,key-encryption.key",
      "processor,key-encryption.accepted-keys"})
  void shouldNotShowASecretThatIsNone(String service, String key) {
    run(service, with(service, key, SECRET)).failedWithOneLineNaming(key, "mintlog keys").withoutShowing(SECRET);
  }

  @ParameterizedTest
  @CsvSource({"edge,redis.uri,redis://", "processor,redis.uri,rediss://", "edge,schema-registry.url,https://",
      "edge,redis.uri,redis:"})
  void shouldNotShowThePasswordOfAUriAndTellWhereItBelongs(String service, String key, String scheme) {
    run(service, with(service, key, scheme + "app:" + SECRET + "@localhost:6379"))
        .failedWithOneLineNaming(key, "'…@localhost:6379'", "without credentials").withoutShowing(SECRET);
  }

  @Test
  void shouldNameAUserOfRedisWithoutAPassword() {
    run("edge", with("edge", "redis.username", "app")).failedWithOneLineNaming("redis.username", "redis.password");
  }

  @Test
  void shouldNameSettingsThatDoNotFitTogether() {
    Map<String, String> settings = with("edge", "command-deadline-margin", "5s");
    settings.put("reply-wait", "2s");

    run("edge", settings).failedWithOneLineNaming("command-deadline-margin", "5000ms", "reply-wait", "2000ms");
  }

  @Test
  void shouldNameAFileOfSettingsThatIsNotThereOrIsNone() throws IOException {
    EndedCommand.run(Map.of(), "edge", "--config", dir.resolve("absent.yaml").toString())
        .failedWithOneLineNaming("absent.yaml", "--config");
    EndedCommand.run(Map.of(), "edge", "--config", dir.toString())
        .failedWithOneLineNaming(dir.toString(), "directory", "--config");
    EndedCommand.run(Map.of(), "processor", "--config", file("kafka:\n\t- {" + SECRET))
        .failedWithOneLineNaming("settings.yaml line 2").withoutShowing(SECRET);
    EndedCommand.run(Map.of(), "processor", "--config", file("just words")).failedWithOneLineNaming("settings.yaml");
  }

  @Test
  void shouldNameAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      run("edge", with("edge", "http.port", port)).failedWithOneLineNaming("http.port", port);
      run("edge", with("edge", "login.port", port)).failedWithOneLineNaming("login.port", port);
      run("edge", with("edge", "health.port", port)).failedWithOneLineNaming("health", port);
      run("processor", with("processor", "health.port", port)).failedWithOneLineNaming("health", port);
    }
  }

  // Kafka

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAKafkaThatIsNotThere(String service) {
    String nowhere = "127.0.0.1:" + LoopbackPorts.free();

    run(service, with(service, "kafka.bootstrap-servers", nowhere))
        .failedWithOneLineNaming("kafka.bootstrap-servers", nowhere);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAKafkaWhoseNameIsUnknown(String service) {
    run(service, with(service, "kafka.bootstrap-servers", "kafka.invalid:9092"))
        .failedWithOneLineNaming("kafka.bootstrap-servers", "kafka.invalid:9092");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAKafkaThatIsNone(String service) {
    String notKafka = "127.0.0.1:" + system.schemaRegistry().uri().getPort();

    run(service, with(service, "kafka.bootstrap-servers", notKafka))
        .failedWithOneLineNaming("kafka.bootstrap-servers", notKafka);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameATopicThatIsMissing(String service) throws Exception {
    for (String topic : List.of(Topics.COMMANDS, Topics.EVENTS)) {
      try (Admin admin = Admins.open(system.kafka())) {
        admin.deleteTopics(List.of(topic)).all().get();
        try {
          run(service, settings(service)).failedWithOneLineNaming("'" + topic + "'", "mintlog topics create");
        } finally {
          LogLayout.create(admin, system.kafka(), PARTITIONS);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameATopicOfAnotherNumberOfPartitionsThanIsRecorded(String service) throws Exception {
    try (Admin admin = Admins.open(system.kafka())) {
      admin.createPartitions(Map.of(Topics.EVENTS, NewPartitions.increaseTo(PARTITIONS + 1))).all().get();
      try {
        run(service, settings(service)).failedWithOneLineNaming("'" + Topics.EVENTS + "'", "6", "7");
      } finally {
        admin.deleteTopics(List.of(Topics.EVENTS)).all().get();
        LogLayout.create(admin, system.kafka(), PARTITIONS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldInsistOnReplicasUnlessToldOtherwise(String service) {
    run(service, with(service, "kafka.allow-single-replica", "false"))
        .failedWithOneLineNaming("kafka.allow-single-replica", "replica");
  }

  @Test
  void shouldNameClientPropertiesThatNoClientTakes() throws IOException {
    Path properties = Files.writeString(dir.resolve("client.properties"),
        "security.protocol=SSLX\nsasl.jaas.config=" + SECRET + "\n");

    run("processor", with("processor", "kafka.client-properties", properties.toString()))
        .failedWithOneLineNaming("kafka.client-properties", "SSLX").withoutShowing(SECRET);
    run("processor", with("processor", "kafka.client-properties", dir.resolve("absent").toString()))
        .failedWithOneLineNaming("kafka.client-properties", "absent");
  }

  // Schema registry

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameASchemaRegistryThatIsNotThere(String service) {
    String nowhere = "http://127.0.0.1:" + LoopbackPorts.free();

    run(service, with(service, "schema-registry.url", nowhere)).failedWithOneLineNaming("schema-registry.url", nowhere);
  }

  @ParameterizedTest
  @CsvSource({"edge,404", "processor,404", "edge,200", "processor,200", "edge,401", "processor,500"})
  void shouldNameASchemaRegistryThatIsNone(String service, int status) throws IOException {
    HttpServer other = otherServer(status);
    try {
      String url = "http://127.0.0.1:" + other.getAddress().getPort();

      run(service, with(service, "schema-registry.url", url)).failedWithOneLineNaming("schema-registry.url", url);
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameASchemaRegistryUnderAnotherPath(String service) {
    String url = system.schemaRegistry().uri().resolve("/elsewhere").toString();

    run(service, with(service, "schema-registry.url", url)).failedWithOneLineNaming("schema-registry.url", url);
  }

  // Redis

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameARedisThatIsNotThereButNotItsPassword(String service) {
    int port = LoopbackPorts.free();

    run(service, with(service, "redis.uri", "redis://:" + SECRET + "@127.0.0.1:" + port))
        .failedWithOneLineNaming("redis.uri", "127.0.0.1:" + port).withoutShowing(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameARedisThatIsNone(String service) throws IOException {
    HttpServer other = otherServer(400);
    try {
      int port = other.getAddress().getPort();

      run(service, with(service, "redis.uri", "redis://127.0.0.1:" + port))
          .failedWithOneLineNaming("redis.uri", "127.0.0.1:" + port);
    } finally {
      other.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameARedisThatKeepsSilent(String service) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      run(service, with(service, "redis.uri", "redis://127.0.0.1:" + silent.getLocalPort()))
          .failedWithOneLineNaming("redis.uri", "127.0.0.1:" + silent.getLocalPort());
    }
  }

  // Keys

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAPublicKeyThatTheRegistryIsNotSignedFor(String service) {
    String other = RegistryKeys.publicKeyText(RootSecret.random(new SecureRandom()));

    run(service, with(service, "registry.public-key", other)).failedWithOneLineNaming("registry.public-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"edge", "processor"})
  void shouldNameAPublicKeyThatIsNone(String service) {
    run(service, with(service, "registry.public-key", "abc")).failedWithOneLineNaming("registry.public-key");
  }

  @Test
  void shouldNameAKeyEncryptionKeyThatOpensNothing() {
    String other = RootSecret.random(new SecureRandom()).text();

    run("processor", with("processor", "key-encryption.key", other)).failedWithOneLineNaming("key-encryption.key")
        .withoutShowing(other);
  }

  // Registry documents

  @Test
  void shouldNameAnUnknownKeyOfARegistryDocument() {
    apply("tenants: [{name: default, client: []}]")
        .failedWithOneLineNaming("registry.yaml", "tenants[0].client", "clients");
  }

  @Test
  void shouldNameAScopeThatNobodyRegistered() {
    apply("tenants: [{name: default, clients: [{id: a, grantTypes: [client_credentials], allowedScopes: [orders.raed],"
        + " secrets: [{hash: \"sha256:" + "A".repeat(43) + "\"}]}]}]")
        .failedWithOneLineNaming("registry.yaml", "tenants[0].clients", "'a'", "'orders.raed'");
  }

  @Test
  void shouldNameWhereAHashIsNoneButNotWhatStandsThere() {
    apply("tenants: [{name: default, clients: [{id: a, grantTypes: [client_credentials], secrets: [{hash: " + SECRET
        + "}]}]}]").failedWithOneLineNaming("tenants[0].clients[0].secrets[0].hash", "sha256:").withoutShowing(SECRET);
  }

  @Test
  void shouldSayEachOfSeveralProblemsInALineOfItsOwn() {
    EndedCommand ended = apply("tenants: [{name: default, a: 1, b: 2}]");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.complaints()).hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("mintlog registry apply: ", "registry.yaml: tenants[0]."));
  }

  @Test
  void shouldNameADocumentThatIsNone() {
    apply("tenants: [").failedWithOneLineNaming("registry.yaml");
    apply("").failedWithOneLineNaming("tenants");
    EndedCommand.run(Map.of(), "registry", "apply", "-f", dir.resolve("absent.yaml").toString(), "--config",
        file(operator())).failedWithOneLineNaming("--file", "absent.yaml");
  }

  // The operator's commands

  @Test
  void shouldNameWhatAnOperatorsCommandCannotReach() {
    String kafka = "127.0.0.1:" + LoopbackPorts.free();
    Map<String, String> withoutKafka = operator();
    withoutKafka.put("kafka.bootstrap-servers", kafka);
    Map<String, String> withoutSchemas = operator();
    withoutSchemas.put("schema-registry.url", "http://127.0.0.1:" + LoopbackPorts.free());

    // Side by side: these wait as long for what is missing as an operator does.
    var topics = CompletableFuture.supplyAsync(() ->
        EndedCommand.run(Map.of(), "topics", "create", "--config", file("topics.yaml", yaml(withoutKafka))));
    var exported = CompletableFuture.supplyAsync(() ->
        EndedCommand.run(Map.of(), "registry", "export", "--config", file("export.yaml", yaml(withoutKafka))));
    var withoutRegistry = CompletableFuture.supplyAsync(() ->
        EndedCommand.run(Map.of(), "registry", "export", "--config", file("schemas.yaml", yaml(withoutSchemas))));

    topics.join().failedWithOneLineNaming("kafka.bootstrap-servers", kafka);
    exported.join().failedWithOneLineNaming("kafka.bootstrap-servers", kafka);
    withoutRegistry.join().failedWithOneLineNaming("schema-registry.url", withoutSchemas.get("schema-registry.url"));
  }

  private EndedCommand apply(String document) {
    try {
      Path file = Files.writeString(dir.resolve("registry.yaml"), document);
      return EndedCommand.run(Map.of(), "registry", "apply", "-f", file.toString(), "--config", file(operator()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private EndedCommand run(String service, Map<String, String> settings) {
    return EndedCommand.run(Map.of(), service, "--config", file(settings));
  }

  private static Map<String, String> with(String service, String key, String value) {
    Map<String, String> settings = settings(service);
    settings.put(key, value);
    return settings;
  }

  // Complete, and patient only as long as a test is.
  private static Map<String, String> settings(String service) {
    Map<String, String> settings =
        new TreeMap<>(service.equals("edge") ? system.edgeTexts(0) : system.processorTexts());
    settings.put("start-wait", "2s");
    return settings;
  }

  private static Map<String, String> operator() {
    Map<String, String> settings = new TreeMap<>(system.processorTexts());
    settings.remove("health.port");
    return settings;
  }

  private String file(Map<String, String> settings) {
    return file(yaml(settings));
  }

  private String file(String yaml) {
    return file("settings.yaml", yaml);
  }

  private String file(String name, String yaml) {
    try {
      return Files.writeString(dir.resolve(name), yaml).toString();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String yaml(Map<String, String> settings) {
    return settings.entrySet().stream().map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"\n")
        .collect(Collectors.joining());
  }

  private static HttpServer otherServer(int status) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] page = "<html>Welcome</html>".getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "text/html");
      exchange.sendResponseHeaders(status, page.length);
      exchange.getResponseBody().write(page);
      exchange.close();
    });
    server.start();
    return server;
  }
}
