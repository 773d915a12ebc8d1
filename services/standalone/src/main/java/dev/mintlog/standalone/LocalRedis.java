package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A real Redis with an append-only file that is synced every second, and no eviction. */
public final class LocalRedis extends LocalPart {
  private static final String VERSION = "7.0.15";
  private static final int PROBE_TIMEOUT_MS = 500;

  private final List<String> options;

  public LocalRedis(Path dir, int port) {
    this(dir, port, List.of());
  }

  /** @param options further command line options of redis-server, such as {@code --replicaof}, {@code "127.0.0.1 6379"} */
  public LocalRedis(Path dir, int port, List<String> options) {
    super("redis", dir, port);
    this.options = List.copyOf(options);
  }

  /** For clients: {@code redis://127.0.0.1:6379}. */
  public String uri() {
    return "redis://127.0.0.1:" + port();
  }

  @Override
  List<String> command() throws IOException {
    List<String> command = new ArrayList<>(List.of(executable().toString(), "--bind", "127.0.0.1",
        "--port", Integer.toString(port()), "--dir", dir().toString(), "--daemonize", "no", "--save", "",
        "--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"));
    command.addAll(options);
    return command;
  }

  @Override
  boolean isReady() throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), PROBE_TIMEOUT_MS);
      socket.setSoTimeout(PROBE_TIMEOUT_MS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
      // While the append-only file is read, the answer is -LOADING; with a password, -NOAUTH.
      return answer.equals("+PONG") || answer.equals("-NOAU");
    }
  }

  @Override
  Duration startMax() {
    return Duration.ofSeconds(30);
  }

  private Path executable() throws IOException {
    String resource = "/redis-server-" + VERSION + "-" + platform();
    Path executable = dir().resolve("redis-server-" + VERSION);
    if (Files.isExecutable(executable)) {
      return executable;
    }
    try (InputStream binary = LocalRedis.class.getResourceAsStream(resource)) {
      if (binary == null) {
        throw new StartException("No Redis is included for " + platform()
            + "; run on Linux or macOS, on amd64 or arm64, or run the services against a Redis of your own");
      }
      Path fresh = Files.createTempFile(dir(), "redis-server", ".tmp");
      Files.copy(binary, fresh, StandardCopyOption.REPLACE_EXISTING);
      if (!fresh.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + fresh + " executable");
      }
      Files.move(fresh, executable, StandardCopyOption.ATOMIC_MOVE);
    }
    return executable;
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return os + "-" + switch (machine) {
      case "aarch64", "arm64" -> "arm64";
      case "amd64", "x86_64" -> "amd64";
      default -> machine;
    };
  }
}
