package dev.mintlog.standalone;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A real Kafka broker, which is its own KRaft controller. Topics are not created by writing to them. */
public final class LocalBroker extends LocalPart {
  private final Map<String, String> overrides;

  public LocalBroker(Path dir, int port) {
    this(dir, port, Map.of());
  }

  /** @param overrides broker settings that win over those of {@link #properties} */
  public LocalBroker(Path dir, int port, Map<String, String> overrides) {
    super("kafka", dir, port);
    this.overrides = Map.copyOf(overrides);
  }

  /** For clients: {@code 127.0.0.1:9092}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port();
  }

  @Override
  List<String> command() throws IOException {
    Files.deleteIfExists(readyFile());
    Path file = dir().resolve("server.properties");
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      properties(LoopbackPorts.free()).store(writer, null);
    }
    // The broker logs through SLF4J; what log4j's API is on its class path for needs no implementation.
    return new ChildJvm("384m", List.of("-Xms64m",
        "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
        "-cp", System.getProperty("java.class.path")))
        .command(List.of(BrokerMain.class.getName(), file.toString(), readyFile().toString()));
  }

  // The broker itself says when it serves: its port accepts connections before its metadata is there.
  @Override
  boolean isReady() {
    return Files.exists(readyFile());
  }

  @Override
  Duration startMax() {
    return Duration.ofSeconds(60);
  }

  private Path readyFile() {
    return dir().resolve("ready");
  }

  private Properties properties(int controllerPort) {
    Properties properties = new Properties();
    properties.putAll(Map.of(
        "process.roles", "broker,controller",
        "node.id", "1",
        "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
        "listeners", "PLAINTEXT://127.0.0.1:" + port() + ",CONTROLLER://127.0.0.1:" + controllerPort,
        "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port(),
        "controller.listener.names", "CONTROLLER",
        "inter.broker.listener.name", "PLAINTEXT",
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "log.dirs", dir().resolve("data").toString(),
        "auto.create.topics.enable", "false"));
    // One broker: internal topics have one replica.
    for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
      properties.put(topic + ".replication.factor", "1");
      properties.put(topic + ".num.partitions", "1");
    }
    properties.putAll(Map.of("transaction.state.log.min.isr", "1", "share.coordinator.state.topic.min.isr", "1"));
    // After a crash the broker is refused its own place until the session of its former self is over.
    properties.putAll(Map.of("broker.session.timeout.ms", "3000", "broker.heartbeat.interval.ms", "500"));
    // A dead consumer is noticed early, in either group protocol.
    properties.putAll(Map.of(
        "group.initial.rebalance.delay.ms", "0",
        "group.min.session.timeout.ms", "1000",
        "group.consumer.session.timeout.ms", "2000",
        "group.consumer.min.session.timeout.ms", "1000",
        "group.consumer.heartbeat.interval.ms", "500",
        "group.consumer.min.heartbeat.interval.ms", "100"));
    // Small: one machine, shared with everything else.
    properties.putAll(Map.of(
        "log.cleaner.dedupe.buffer.size", "10485760",
        "log.index.size.max.bytes", "1048576",
        "num.io.threads", "2",
        "num.network.threads", "2",
        "background.threads", "2",
        "add.partitions.to.txn.retry.backoff.ms", "1"));
    properties.putAll(overrides);
    return properties;
  }
}
