package dev.mintlog.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a JVM of its own, heard by the words it prints. */
final class ChildProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 40;

  private final Process process;
  private final BlockingQueue<String> said = new ArrayBlockingQueue<>(10_000);

  private ChildProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "child output");
    reader.setDaemon(true);
    reader.start();
  }

  static ChildProcess start(Class<?> main, Path log, String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
        "-cp", System.getProperty("java.class.path")));
    if (Runtime.version().feature() >= 24) {
      command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    }
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      return new ChildProcess(new ProcessBuilder(command).redirectError(log.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it prints the word on a line of its own. */
  ChildProcess untilItSays(String word) {
    try {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (System.nanoTime() < deadline) {
        String line = said.poll(100, TimeUnit.MILLISECONDS);
        if (word.equals(line)) {
          return this;
        }
        if (line == null && !process.isAlive()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("expected the process to say " + word + "; it is " + (process.isAlive() ? "alive" : "gone"));
  }

  /** {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    kill();
  }

  private void read() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.offer(line);
      }
    } catch (IOException e) {
      // It was killed.
    }
  }
}
