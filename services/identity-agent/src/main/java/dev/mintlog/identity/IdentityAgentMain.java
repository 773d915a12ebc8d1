package dev.mintlog.identity;

import dev.mintlog.runtime.lifecycle.ServiceProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An identity agent as a process of its own. */
public final class IdentityAgentMain {
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

  private IdentityAgentMain() {}

  /**
   * Runs an identity agent until it is stopped.
   *
   * @return the exit code: 0 after a stop, 1 where it could not start; then one line is on {@code err}
   */
  public static int run(Optional<Path> yaml, Map<String, String> env, PrintStream err) throws InterruptedException {
    return ServiceProcess.run("identity-agent", IdentityAgentKeys.ALL, yaml, env,
        (settings, end) -> List.of(new IdentityAgent(settings)), DRAIN_MAX, err);
  }
}
