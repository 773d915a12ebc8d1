package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A child process that cannot outlive this one: a small shell script starts it and ends it as soon as this process is
 * gone or {@link #stop} is called. It runs in a session of its own where the system has {@code setsid}, so that Ctrl-C
 * in the terminal reaches this process alone, which then stops its parts in the right order.
 */
final class GuardedProcess {
  private static final Duration TERM_TO_KILL = Duration.ofSeconds(15);
  private static final Duration SPAWN_MAX = Duration.ofSeconds(10);

  private final Process guard;
  private final ProcessHandle part;

  private GuardedProcess(Process guard, ProcessHandle part) {
    this.guard = guard;
    this.part = part;
  }

  /**
   * Starts a command in a directory, with everything it prints going to the log file.
   *
   * @throws StartException if this system cannot run it
   */
  static GuardedProcess start(List<String> command, Path dir, Path log) throws InterruptedException {
    try {
      List<String> guarded = new ArrayList<>(ownSession());
      guarded.addAll(List.of("sh", script(dir).toString(), log.toString(), Long.toString(TERM_TO_KILL.toSeconds())));
      guarded.addAll(command);
      Process guard = new ProcessBuilder(guarded).directory(dir.toFile())
          .redirectError(ProcessBuilder.Redirect.DISCARD).start();
      long pid = pid(guard);
      // A part that has ended already is seen by whoever waits for it to become ready.
      return new GuardedProcess(guard, ProcessHandle.of(pid).orElse(guard.toHandle()));
    } catch (IOException e) {
      throw new StartException("Expected to start " + command.get(0) + " in " + dir + ", but found: " + e.getMessage()
          + "; a POSIX shell and a writable directory are needed", e);
    }
  }

  long pid() {
    return part.pid();
  }

  boolean isAlive() {
    return guard.isAlive();
  }

  /** Completes with the exit code when the process has ended. */
  CompletableFuture<Integer> onExit() {
    return guard.onExit().thenApply(Process::exitValue);
  }

  /** Asks it to end, and ends it by force when it has not within a bound; returns when it is gone. */
  void stop() throws InterruptedException {
    closePipe();
    if (!guard.waitFor(TERM_TO_KILL.toSeconds() + 5, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** {@code kill -9}; returns when it is gone. */
  void kill() throws InterruptedException {
    if (guard.isAlive()) {
      part.destroyForcibly();
      if (!guard.waitFor(10, TimeUnit.SECONDS)) {
        guard.destroyForcibly().waitFor();
      }
    }
    closePipe();
  }

  /** Stops or continues the whole process, as a machine that hangs would. */
  void signal(String name) throws InterruptedException {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(part.pid())).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("Expected to signal " + part.pid() + ", but it is gone");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closePipe() {
    try {
      guard.getOutputStream().close();
    } catch (IOException e) {
      // The guard is gone, and its part with it.
    }
  }

  private static long pid(Process guard) throws IOException, InterruptedException {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.US_ASCII))) {
        return out.readLine();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    try {
      return Long.parseLong(line.get(SPAWN_MAX.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException | NumberFormatException e) {
      guard.destroyForcibly();
      throw new IOException("the guarding shell did not start its part", e);
    }
  }

  private static Path script(Path dir) throws IOException {
    Path script = dir.resolve("guard.sh");
    try (InputStream resource = GuardedProcess.class.getResourceAsStream("guard.sh")) {
      // Over a temporary name: a shell that still runs the old file must not read half of the new one.
      Path fresh = Files.createTempFile(dir, "guard", ".sh");
      Files.copy(resource, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, script, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
    return script;
  }

  private static List<String> ownSession() {
    return onPath("setsid").map(setsid -> List.of(setsid.toString()))
        .or(() -> onPath("perl").map(perl -> List.of(perl.toString(), "-e", "setpgrp(0, 0); exec @ARGV", "--")))
        .orElse(List.of());
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
        .filter(dir -> !dir.isEmpty()).map(dir -> Path.of(dir, program)).filter(Files::isExecutable).findFirst();
  }
}
