package dev.mintlog.edge;

import dev.mintlog.runtime.lifecycle.ServiceProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An edge as a process of its own. */
public final class EdgeMain {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private EdgeMain() {}

  /** {@code EdgeMain [config.yaml]}; settings also come from {@code MINTLOG_…}. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<Path> yaml = arguments.length == 0 ? Optional.empty() : Optional.of(Path.of(arguments[0]));
    System.exit(run(yaml, System.getenv(), System.err));
  }

  /**
   * Runs an edge until it is stopped.
   *
   * @return the exit code: 0 after a stop, 1 where it could not start; then one line is on {@code err}
   */
  public static int run(Optional<Path> yaml, Map<String, String> env, PrintStream err) throws InterruptedException {
    return ServiceProcess.run("edge", EdgeKeys.ALL, yaml, env,
        (settings, end) -> List.of(new EdgePart(settings)), DRAIN_MAX, err);
  }
}
