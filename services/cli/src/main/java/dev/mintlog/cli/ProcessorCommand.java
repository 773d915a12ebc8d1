package dev.mintlog.cli;

import dev.mintlog.processor.ProcessorMain;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mintlog processor}: one grant processor, on a Kafka, Redis and schema registry that run elsewhere. */
@Command(name = "processor", mixinStandardHelpOptions = true,
    description = {"Runs one grant processor until Ctrl-C. Settings come from a YAML file and from the environment; "
        + "docs/configuration.md lists them."},
    footer = {"", "Example: mintlog processor --config processor.yaml"})
final class ProcessorCommand implements Callable<Integer> {
  @Option(names = "--config", paramLabel = "F", defaultValue = ConfigOption.DEFAULT,
      description = "YAML file; MINTLOG_... variables win over it, and MINTLOG_CONFIG names it, too.")
  private Path config;

  @Override
  public Integer call() throws InterruptedException {
    return ProcessorMain.run(Optional.ofNullable(config), System.getenv(), System.err);
  }
}
