package dev.mintlog.processor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A Redis server of the test's own, on a free port; ended with the test. */
public final class RealRedis implements AutoCloseable {
  private final Path dir;
  private final int port;
  private final List<String> options;
  private Process process;

  private RealRedis(Path dir, int port, List<String> options) {
    this.dir = dir;
    this.port = port;
    this.options = options;
  }

  public static RealRedis start(Path dir, String... options) throws Exception {
    RealRedis redis = new RealRedis(dir, freePort(), List.of(options));
    redis.start();
    return redis;
  }

  public void start() throws Exception {
    List<String> command = new ArrayList<>(List.of(executable().toString(), "--bind", "127.0.0.1", "--port",
        Integer.toString(port), "--dir", dir.toString(), "--save", "", "--enable-debug-command", "yes"));
    command.addAll(options);
    process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(dir.resolve("redis.log").toFile()).start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!isReady()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IllegalStateException("redis did not start: " + Files.readString(dir.resolve("redis.log")));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public URI uri() {
    return URI.create("redis://127.0.0.1:" + port);
  }

  /** Sends one inline command and returns the first line of the answer. */
  public String command(String inline) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((inline + "\r\n").getBytes(StandardCharsets.UTF_8));
      StringBuilder line = new StringBuilder();
      InputStream in = socket.getInputStream();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString().strip();
    } catch (IOException e) {
      return "-" + e;
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  private boolean isReady() {
    return command("PING").equals("+PONG");
  }

  private Path executable() throws IOException {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    boolean arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm64");
    String name = "redis-server-7.0.15-" + (mac ? "darwin" : "linux") + "-" + (arm ? "arm64" : "amd64");
    Path executable = dir.resolve(name);
    if (!Files.exists(executable)) {
      try (InputStream binary = RealRedis.class.getResourceAsStream("/" + name)) {
        Files.copy(binary, executable);
      }
      executable.toFile().setExecutable(true);
    }
    return executable;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
