package dev.mintlog.cli;

import dev.mintlog.standalone.Services;
import dev.mintlog.standalone.StateDirectory;
import dev.mintlog.standalone.Up;
import dev.mintlog.standalone.UpOptions;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mintlog up}: everything real, on this machine, until Ctrl-C. */
@Command(name = "up", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Starts everything on this machine: a Kafka broker, a Redis, a schema registry, an edge and a processor, "
        + "with demo clients. Runs until Ctrl-C; the state stays for the next time."},
    footer = {"", "Example: mintlog up --port 8080"})
final class UpCommand implements Callable<Integer> {
  private final Services services;

  @Option(names = "--port", paramLabel = "N", defaultValue = "8080",
      description = "The port that clients talk to, on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(names = "--dir", paramLabel = "D", defaultValue = ".mintlog",
      description = "Where data, secrets and logs are kept (default: ${DEFAULT-VALUE}).")
  private Path dir;

  @Option(names = "--tls", description = "Serve that port over TLS, with a certificate of a local authority that is made once"
      + " under D/tls; prints how clients trust it.")
  private boolean tls;

  @Spec
  private CommandSpec spec;

  UpCommand(Services services) {
    this.services = services;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (port < 1 || port > 65_535) {
      throw new ParameterException(spec.commandLine(), "--port is " + port + ", but expected a number from 1 to 65535");
    }
    return new Up(new UpOptions(StateDirectory.at(dir), port, tls), services, System.out, System.err).run();
  }
}
