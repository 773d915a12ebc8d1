package dev.mintlog.cli;

import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** In the overview: what each command does in one sentence, and an example of it. */
final class CommandList implements IHelpSectionRenderer {
  /** Run by the launcher itself, before there is a command line; listed here all the same. */
  static final String TEST = "test";

  private static final String EXAMPLE = "Example: ";
  private static final int NAME_WIDTH = 18;
  private static final int WIDTH = 110;

  @Override
  public String render(Help help) {
    TextTable table = TextTable.forColumns(help.colorScheme(),
        new Column(NAME_WIDTH, 2, Column.Overflow.SPAN), new Column(WIDTH - NAME_WIDTH, 0, Column.Overflow.WRAP));
    help.subcommands().forEach((name, command) -> {
      CommandLine line = command.commandSpec().commandLine();
      add(table, name, firstSentence(line), example(line).orElse("mintlog help up"));
    });
    add(table, TEST, "Runs all tests of the checkout, or those of one name.", "./mintlog test RefreshTokenTest");
    return table.toString();
  }

  private static void add(TextTable table, String name, String sentence, String example) {
    table.addRowValues(Ansi.OFF.text(name), Ansi.OFF.text(sentence));
    table.addRowValues(Ansi.OFF.text(""), Ansi.OFF.text("  " + example));
  }

  private static String firstSentence(CommandLine command) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    String description = String.join(" ", usage.header().length > 0 ? usage.header() : usage.description());
    int end = description.indexOf(". ");
    return end < 0 ? description : description.substring(0, end + 1);
  }

  private static Optional<String> example(CommandLine command) {
    return Arrays.stream(command.getCommandSpec().usageMessage().footer())
        .filter(line -> line.startsWith(EXAMPLE)).findFirst().map(line -> line.substring(EXAMPLE.length()));
  }
}
