package dev.mintlog.cli;

import dev.mintlog.identity.IdentityAgentMain;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mintlog identity-agent}: managed identities for the workloads of this host. */
@Command(name = "identity-agent", mixinStandardHelpOptions = true,
    description = {"Serves managed identities to the workloads of this host until Ctrl-C. Settings come from a YAML file and "
        + "from the environment; docs/configuration.md lists them."},
    footer = {"", "Example: mintlog identity-agent --config identity-agent.yaml"})
final class IdentityAgentCommand implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "F", defaultValue = ConfigOption.DEFAULT,
      description = "YAML file; MINTLOG_... variables win over it, and MINTLOG_CONFIG names it, too.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    return IdentityAgentMain.run(Optional.ofNullable(config), System.getenv(), System.err);
  }
}
