package dev.mintlog.cli;

import dev.mintlog.bench.BenchCommand;
import dev.mintlog.standalone.demo.LocalServices;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** {@code mintlog} by itself: says what there is. All subcommands are listed here. */
@Command(name = "mintlog", mixinStandardHelpOptions = true, versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "OAuth 2.0 and OpenID Connect tokens through a log: no token leaves before its record is durable.",
    footer = {"", "Start here: mintlog up"})
final class MintlogCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new MintlogCommand())
        .addSubcommand(new UpCommand(new LocalServices()))
        .addSubcommand(new EdgeCommand())
        .addSubcommand(new ProcessorCommand())
        .addSubcommand(new IdentityAgentCommand())
        .addSubcommand(new TopicsCommand())
        .addSubcommand(new RegistryCommand())
        .addSubcommand(new AuditCommand())
        .addSubcommand(new RevokeCommand())
        .addSubcommand(new KeysCommand())
        .addSubcommand(new SecretCommand())
        .addSubcommand(new BenchCommand())
        .addSubcommand(new HelpCommand());
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandList());
    line.setParameterExceptionHandler(new OneLineErrors());
    line.setExecutionExceptionHandler(new OneLineErrors());
    return line;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitCodes.DONE;
  }
}
