package dev.mintlog.processor;

import dev.mintlog.runtime.lifecycle.ServiceProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A grant processor as a process of its own. */
public final class ProcessorMain {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(20);

  private ProcessorMain() {}

  /** {@code ProcessorMain [config.yaml]}; settings also come from {@code MINTLOG_…}. */
  public static void main(String[] arguments) throws InterruptedException {
    Optional<Path> yaml = arguments.length == 0 ? Optional.empty() : Optional.of(Path.of(arguments[0]));
    System.exit(run(yaml, System.getenv(), System.err));
  }

  /**
   * Runs a processor until it is stopped.
   *
   * @return the exit code: 0 after a stop, 1 where it could not start or go on; then one line is on {@code err}
   */
  public static int run(Optional<Path> yaml, Map<String, String> env, PrintStream err) throws InterruptedException {
    return ServiceProcess.run("processor", ProcessorKeys.ALL, yaml, env,
        (settings, end) -> List.of(new GrantProcessor(settings, end)), DRAIN_MAX, err);
  }
}
