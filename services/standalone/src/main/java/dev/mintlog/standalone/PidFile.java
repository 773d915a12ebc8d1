package dev.mintlog.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Which process used a directory last. A pid alone names nothing for long, so its start time is kept with it; only a
 * process that matches both is ever ended.
 */
record PidFile(Path file) {
  // Start times are counted from a boot time that moves with the clock.
  private static final Duration START_TOLERANCE = Duration.ofSeconds(2);
  private static final Duration END_BY_ITSELF_MAX = Duration.ofSeconds(20);

  void write(long pid) throws IOException {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid);
    if (handle.isPresent()) {
      Instant start = handle.get().info().startInstant().orElse(Instant.EPOCH);
      Files.write(file, List.of(Long.toString(pid), Long.toString(start.toEpochMilli())));
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** The recorded process, if it is the one that was recorded and still runs. */
  Optional<ProcessHandle> running() throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.size() != 2 || !lines.get(0).matches("\\d{1,18}") || !lines.get(1).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    Instant start = Instant.ofEpochMilli(Long.parseLong(lines.get(1)));
    return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().startInstant()
            .map(found -> Duration.between(start, found).abs().compareTo(START_TOLERANCE) <= 0).orElse(false));
  }

  /**
   * Leaves no process of an earlier run: a part whose parent was killed is on its way out and given time for it, then it
   * is ended by force.
   */
  void endLeftover() throws IOException, InterruptedException {
    Optional<ProcessHandle> leftover = running();
    if (leftover.isPresent() && !ends(leftover.get(), END_BY_ITSELF_MAX)) {
      leftover.get().destroyForcibly();
      ends(leftover.get(), Duration.ofSeconds(5));
    }
    delete();
  }

  private static boolean ends(ProcessHandle process, Duration within) throws InterruptedException {
    try {
      process.destroy();
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
