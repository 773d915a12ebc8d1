package dev.mintlog.cli;

import dev.mintlog.audit.AuditUnavailableException;
import dev.mintlog.channel.log.ChannelStartException;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.log.RegistryException;
import dev.mintlog.runtime.config.Nearest;
import dev.mintlog.runtime.lifecycle.StartException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong with a command in one line, and which word was probably meant. */
final class OneLineErrors implements IParameterExceptionHandler, IExecutionExceptionHandler {
  // What picocli's help command says of a command that there is not.
  private static final Pattern UNKNOWN_SUBCOMMAND = Pattern.compile("Unknown subcommand '([^']*)'");
  private static final Logger LOG = LoggerFactory.getLogger(OneLineErrors.class);

  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    print(command, name + ": " + message(wrong) + "; see " + help(command));
    return ExitCodes.USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    if (failure instanceof InvalidRegistryException invalid) {
      invalid.problems().forEach(problem -> print(command, name + ": " + problem));
      return ExitCodes.REFUSED;
    }
    if (isOneLine(failure)) {
      print(command, name + ": " + failure.getMessage());
      return ExitCodes.REFUSED;
    }
    if (failure instanceof InterruptedException) {
      print(command, name + ": interrupted");
      return ExitCodes.REFUSED;
    }
    LOG.error("{} failed, which is a bug", name, failure);
    print(command, name + ": failed, which is a bug in Mintlog: " + failure + "; the log line above has the details");
    return ExitCodes.BUG;
  }

  /** Failures whose message is one line for people: what was found, what was expected, and the fix. */
  private static boolean isOneLine(Exception failure) {
    return failure instanceof StartException || failure instanceof ChannelStartException
        || failure instanceof RegistryException || failure instanceof InvalidRegistryException
        || failure instanceof AuditUnavailableException;
  }

  private static String message(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      boolean option = word.startsWith("-");
      return "there is no " + (option ? "option " : "command or argument ") + word
          + meant(word, option ? options(wrong) : commands(wrong.getCommandLine()));
    }
    Matcher unknown = UNKNOWN_SUBCOMMAND.matcher(wrong.getMessage());
    if (unknown.find()) {
      String word = unknown.group(1);
      return "there is no command " + word + meant(word, commands(wrong.getCommandLine()));
    }
    return wrong.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
  }

  private static String meant(String word, Collection<String> words) {
    Optional<String> nearest = Nearest.to(word.replaceFirst("=.*", ""), words);
    return nearest.map(found -> "; did you mean " + found + "?").orElse("");
  }

  private static Collection<String> commands(CommandLine command) {
    Set<String> names = new TreeSet<>(command.getSubcommands().keySet());
    if (command.getParent() == null) {
      names.add(CommandList.TEST);
    }
    return names;
  }

  private static Collection<String> options(ParameterException wrong) {
    return wrong.getCommandLine().getCommandSpec().options().stream()
        .flatMap(option -> List.of(option.names()).stream()).toList();
  }

  private static String help(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null ? "mintlog help" : "mintlog help " + command.getCommandName();
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println(line);
    command.getErr().flush();
  }
}
