package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine mintlog = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));

  @Test
  void shouldSayWhatThereIsWhenAskedForNothing() {
    assertThat(mintlog.execute()).isEqualTo(ExitCodes.DONE);
    assertThat(out.toString()).contains("up", "bench", "help", "Start here: mintlog up");
  }

  @Test
  void shouldSuggestTheCommandMeant() {
    assertThat(mintlog.execute("upp")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .isEqualTo("mintlog: there is no command or argument upp; did you mean up?; see mintlog help\n");
  }

  @Test
  void shouldSuggestTheOptionMeant() {
    assertThat(mintlog.execute("up", "--prot", "80")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString())
        .isEqualTo("mintlog up: there is no option --prot; did you mean --port?; see mintlog help up\n");
  }

  @Test
  void shouldRefuseAPortThatIsNone() {
    assertThat(mintlog.execute("up", "--port", "65536")).isEqualTo(ExitCodes.USAGE);
    assertThat(mintlog.execute("up", "--port", "http")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("mintlog up: "));
  }

  @Test
  void shouldGiveEveryCommandADescriptionAndAnExample() {
    mintlog.getSubcommands().forEach((name, command) -> {
      if (!name.equals("help")) {
        assertThat(command.getUsageMessage()).as(name).contains("Example: mintlog " + name);
        assertThat(command.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
      }
    });
  }

  @Test
  void shouldNotRevokeEverythingOfEverybody() {
    assertThat(mintlog.execute("revoke")).isEqualTo(ExitCodes.USAGE);
    assertThat(mintlog.execute("revoke", "--subject", " ")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().lines()).hasSize(2)
        .allMatch(line -> line.startsWith("mintlog revoke: expected --subject, --client or both"));
  }
}
