package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A real part on one port of 127.0.0.1 with its data in one directory, as a child process that ends with this one.
 * After {@link #stop()} or {@link #kill()} it may be started again, on the same port and with the data it had.
 *
 * <p>Not thread-safe: one thread at a time starts and stops it.
 */
public abstract class LocalPart implements AutoCloseable {
  private static final Duration POLL_EVERY = Duration.ofMillis(20);

  private final String name;
  private final Path dir;
  private final int port;
  private volatile GuardedProcess process;

  /**
   * @param dir created when absent; a directory belongs to one part at a time
   * @param port from 1 to 65535
   */
  LocalPart(String name, Path dir, int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("Expected a port from 1 to 65535, but found " + port);
    }
    this.name = name;
    this.dir = dir.toAbsolutePath();
    this.port = port;
  }

  /** The command line that runs the part; called after the directory was made. */
  abstract List<String> command() throws IOException;

  /** Whether the part answers its clients; asked until it does. */
  abstract boolean isReady() throws IOException;

  /** How long a start may take. */
  abstract Duration startMax();

  /**
   * Starts the part and returns when it answers. A leftover of an earlier process in the same directory is ended first.
   *
   * @throws StartException if it cannot start: the port is taken, the program ends, or it does not answer in time
   * @throws IllegalStateException if it runs already
   */
  public final void start() throws InterruptedException {
    if (isRunning()) {
      throw new IllegalStateException(name + " runs already");
    }
    try {
      Files.createDirectories(dir);
      pidFile().endLeftover();
      LoopbackPorts.requireFree(port, name + " needs it; end that process or choose another port");
      keepOneEarlierLog();
      process = GuardedProcess.start(command(), dir, log());
      pidFile().write(process.pid());
      awaitReady();
    } catch (IOException e) {
      throw new StartException("Expected to run " + name + " in " + dir + ", but found: " + e
          + "; a writable directory is needed", e);
    } catch (StartException | InterruptedException e) {
      kill();
      throw e;
    }
  }

  /** Asks the part to end in order and waits, bounded, until it is gone. Nothing happens when it does not run. */
  public final void stop() throws InterruptedException {
    GuardedProcess running = process;
    if (running != null) {
      running.stop();
      forget();
    }
  }

  /** Ends the part as a crash would, {@code kill -9}, and waits until it is gone. */
  public final void kill() throws InterruptedException {
    GuardedProcess running = process;
    if (running != null) {
      running.kill();
      forget();
    }
  }

  /** Freezes the part: its connections stay open and nothing answers. */
  public final void pause() throws InterruptedException {
    running().signal("STOP");
  }

  /** Continues after {@link #pause()}. */
  public final void resume() throws InterruptedException {
    running().signal("CONT");
  }

  /** {@link #stop()}, for try-with-resources. */
  @Override
  public final void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public final boolean isRunning() {
    GuardedProcess running = process;
    return running != null && running.isAlive();
  }

  /** Completes with the exit code when the process that runs now has ended, for whatever reason. */
  public final CompletableFuture<Integer> onExit() {
    return running().onExit();
  }

  /** The process id of the part itself. */
  public final long pid() {
    return running().pid();
  }

  public final String name() {
    return name;
  }

  public final int port() {
    return port;
  }

  /** Where its data is. */
  public final Path dir() {
    return dir;
  }

  /** What it printed since its last start; what it printed before is in a file of the same name with {@code .1}. */
  public final Path log() {
    return dir.resolve(name.replace(' ', '-') + ".log");
  }

  @Override
  public final String toString() {
    return name + " on 127.0.0.1:" + port;
  }

  private GuardedProcess running() {
    GuardedProcess running = process;
    if (running == null) {
      throw new IllegalStateException(name + " does not run");
    }
    return running;
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + startMax().toNanos();
    while (!answers()) {
      if (!process.isAlive()) {
        throw new StartException(name + " ended with exit code " + process.onExit().join() + " instead of starting: "
            + lastLine() + "; see " + log());
      }
      if (System.nanoTime() > deadline) {
        throw new StartException(name + " did not answer on 127.0.0.1:" + port + " within " + startMax().toSeconds()
            + " s; see " + log());
      }
      Thread.sleep(POLL_EVERY.toMillis());
    }
  }

  private boolean answers() {
    try {
      return process.isAlive() && isReady();
    } catch (IOException e) {
      return false;
    }
  }

  private String lastLine() {
    try {
      List<String> lines = Files.readString(log(), StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
      return lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1).strip();
    } catch (IOException e) {
      return "it printed nothing that can be read";
    }
  }

  private void keepOneEarlierLog() throws IOException {
    if (Files.exists(log())) {
      Files.move(log(), log().resolveSibling(log().getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void forget() {
    process = null;
    try {
      pidFile().delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PidFile pidFile() {
    return new PidFile(dir.resolve("pid"));
  }
}
