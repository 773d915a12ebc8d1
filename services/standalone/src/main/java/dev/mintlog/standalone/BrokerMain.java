package dev.mintlog.standalone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** The process of a {@link LocalBroker}. Arguments: the broker's properties file, and the file to make once it serves. */
public final class BrokerMain {
  private BrokerMain() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Path readyFile = Path.of(args[1]);
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    formatOnce(file, Path.of(properties.getProperty("log.dirs")));
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      server.shutdown();
      server.awaitShutdown();
    }, "broker-stop"));
    server.startup();
    Files.createFile(readyFile);
    server.awaitShutdown();
  }

  // Formatting draws the cluster's id: done again, it would orphan the data of every earlier run.
  private static void formatOnce(Path file, Path dataDir) {
    if (Files.exists(dataDir.resolve("meta.properties"))) {
      return;
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
    int code = StorageTool.execute(format, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new IllegalStateException("Expected to format " + dataDir + ", but found: "
          + said.toString(StandardCharsets.UTF_8));
    }
  }
}
