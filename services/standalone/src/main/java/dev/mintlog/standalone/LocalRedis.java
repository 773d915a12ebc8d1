package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
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
import java.util.concurrent.TimeUnit;

/** A real Redis with an append-only file that is synced every second, and no eviction. */
public final class LocalRedis extends LocalPart {
  private static final String VERSION = "7.0.15";
  private static final int PROBE_TIMEOUT_MS = 500;
  private static final Duration COPY_MAX = Duration.ofSeconds(20);

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
      Path written = Files.createTempFile(dir(), "redis-server", ".tmp");
      Files.copy(binary, written, StandardCopyOption.REPLACE_EXISTING);
      Path fresh = Files.createTempFile(dir(), "redis-server", ".tmp");
      copyByAnotherProcess(written, fresh);
      Files.delete(written);
      if (!fresh.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + fresh + " executable");
      }
      Files.move(fresh, executable, StandardCopyOption.ATOMIC_MOVE);
    }
    return executable;
  }

  // What this process wrote cannot be run ("Text file busy") while a child that is just being started, such as the broker,
  // has inherited the file that was open for writing.
  private static void copyByAnotherProcess(Path from, Path to) throws IOException {
    Process copy = new ProcessBuilder("cp", from.toString(), to.toString())
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    try {
      if (!copy.waitFor(COPY_MAX.toSeconds(), TimeUnit.SECONDS) || copy.exitValue() != 0) {
        copy.destroyForcibly();
        throw new IOException("cannot copy " + from + " to " + to);
      }
    } catch (InterruptedException e) {
      copy.destroyForcibly();
      throw new InterruptedIOException("interrupted while copying " + from);
    }
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
