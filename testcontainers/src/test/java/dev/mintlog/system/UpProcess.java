package dev.mintlog.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.cli.Main;
import dev.mintlog.standalone.LoopbackPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code mintlog up}, run and read as a new user does: started, its lines read, pasted from, ended with a signal. */
final class UpProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int START_SECONDS_MAX = 180;
  private static final int STOP_SECONDS_MAX = 60;
  private static UpProcess shared;

  private final List<String> program;
  private final Path home;
  private final int port;
  private Process process;

  private UpProcess(List<String> program, Path home, int port) {
    this.program = program;
    this.home = home;
    this.port = port;
  }

  /** The command line on this JVM's class path, on a port and in a directory of its own; for all tests that only use it. */
  static synchronized UpProcess shared() {
    if (shared == null) {
      shared = with(ownJvm());
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
      shared.start();
    }
    return shared;
  }

  /** The launcher, as it is typed; not started yet. */
  static UpProcess ofLauncher() {
    return with(List.of(Checkout.resolve("mintlog").toString()));
  }

  static List<String> ownJvm() {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx384m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    if (Runtime.version().feature() >= 24) {
      command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return command;
  }

  private static UpProcess with(List<String> program) {
    try {
      return new UpProcess(program, Files.createTempDirectory("mintlog-up"), LoopbackPorts.free());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and waits for the line to paste. */
  UpProcess start() {
    try {
      List<String> command = new ArrayList<>(program);
      command.addAll(List.of("up", "--port", Integer.toString(port), "--dir", state().toString()));
      process = new ProcessBuilder(command).directory(Checkout.resolve(".").toFile())
          .redirectInput(new java.io.File("/dev/null"))
          .redirectOutput(out().toFile()).redirectError(home.resolve("err").toFile()).start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
      while (!output().contains("Ctrl-C stops everything")) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw new AssertionError("expected up to be ready:\n" + output() + errors());
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Runs the same command with other words, beside the one that runs. */
  Shell.Outcome beside(String... words) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(words));
    return Shell.run(Checkout.resolve("."), Map.of(), command.toArray(String[]::new));
  }

  /** SIGTERM; the exit code. */
  int stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new AssertionError("expected up to end within " + STOP_SECONDS_MAX + " s:\n" + output() + errors());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The line that a person pastes. */
  String curl() {
    return output().lines().filter(line -> line.startsWith("curl ")).findFirst().orElseThrow();
  }

  /** It, what it started, and what they started. */
  Set<Long> pids() {
    Set<Long> pids = new LinkedHashSet<>();
    pids.add(process.pid());
    process.descendants().map(ProcessHandle::pid).forEach(pids::add);
    try {
      JSON.readTree(state().resolve("run/processes.json").toFile()).forEach(entry -> pids.add(entry.path("pid").asLong()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pids;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  URI loginApi() {
    Matcher url = Pattern.compile("login API\\s+(http://\\S+)").matcher(output());
    if (!url.find()) {
      throw new AssertionError("expected the login API's URL in " + output());
    }
    return URI.create(url.group(1));
  }

  /** The secret that demo.json has for a client. */
  String secret(String clientId) {
    try {
      for (JsonNode client : JSON.readTree(state().resolve("demo.json").toFile()).path("clients")) {
        if (client.path("id").asText().equals(clientId)) {
          return client.path("secret").asText();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("expected " + clientId + " in demo.json");
  }

  TokenClient client(String clientId) {
    return TokenClient.confidential(url(), new DemoClient(clientId, secret(clientId)));
  }

  int port() {
    return port;
  }

  Path state() {
    return home.resolve("state");
  }

  String output() {
    return read(out());
  }

  String errors() {
    return read(home.resolve("err"));
  }

  @Override
  public void close() {
    if (process != null && process.isAlive()) {
      stop();
    }
    try (Stream<Path> files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      // A leftover in the temporary directory fails nothing.
    }
  }

  private Path out() {
    return home.resolve("out");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
