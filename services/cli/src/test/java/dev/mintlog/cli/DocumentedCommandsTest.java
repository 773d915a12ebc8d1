package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every command that a document, an example or the deployment shows is one that the command line understands. */
class DocumentedCommandsTest {
  private static final Pattern SHELL_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern COMMAND =
      Pattern.compile("(?:^|[\\s`])(?:\\./mintlog|dev\\.mintlog\\.cli\\.Main)\\s+([^#`>|&]*)");

  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|\\S+");

  @ParameterizedTest
  @MethodSource("documentedCommands")
  void shouldUnderstandWhatDocumentsShow(String command) {
    assertUnderstood(command);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void shouldUnderstandTheExamplesOfItsHelp(String command) {
    assertUnderstood(command);
  }

  @Test
  void shouldListEveryCommandWithAnExample() {
    String usage = commandLine().getUsageMessage();

    assertThat(commandLine().getSubcommands().keySet())
        .allSatisfy(name -> assertThat(usage).contains("\n  " + name + " "));
    assertThat(usage).contains("mintlog up --port 8080", "mintlog audit --client", "./mintlog test");
  }

  private static void assertUnderstood(String command) {
    List<String> words = new ArrayList<>(
        WORD.matcher(command).results().map(word -> word.group().replace("\"", "")).toList());
    if (words.get(0).equals(CommandList.TEST)) {
      assertThat(words.size()).as("the launcher takes at most one name of tests").isLessThanOrEqualTo(2);
      return;
    }
    // Asks at the terminal.
    words.remove("--hash");
    assertThatCode(() -> commandLine().parseArgs(words.toArray(String[]::new))).as(command).doesNotThrowAnyException();
  }

  static List<String> documentedCommands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path document : Checkout.documents()) {
      Matcher block = SHELL_BLOCK.matcher(Files.readString(document));
      while (block.find()) {
        commands.addAll(commandsIn(block.group(1)));
      }
    }
    commands.addAll(commandsIn(Checkout.read("deploy/compose.yaml")));
    assertThat(commands).contains("up", "test");
    return commands;
  }

  static List<String> examples() {
    List<String> examples = new ArrayList<>();
    collectExamples(commandLine(), examples);
    assertThat(examples).hasSizeGreaterThan(8);
    return examples;
  }

  private static void collectExamples(CommandLine command, List<String> examples) {
    for (String line : command.getCommandSpec().usageMessage().footer()) {
      if (line.startsWith("Example: mintlog ")) {
        examples.add(line.substring("Example: mintlog ".length()).replaceAll("\\s{2,}\\(.*|>.*", ""));
      }
    }
    command.getSubcommands().values().forEach(child -> collectExamples(child, examples));
  }

  private static List<String> commandsIn(String text) {
    List<String> commands = new ArrayList<>();
    for (String line : text.replace("\\\n", " ").lines().toList()) {
      Matcher found = COMMAND.matcher(line);
      while (found.find()) {
        commands.add(found.group(1).strip());
      }
    }
    return commands;
  }

  private static CommandLine commandLine() {
    PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
    return Main.commandLine(nowhere, nowhere);
  }
}
