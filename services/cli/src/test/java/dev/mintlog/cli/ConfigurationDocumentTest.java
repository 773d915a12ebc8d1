package dev.mintlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mintlog.edge.EdgeKeys;
import dev.mintlog.identity.IdentityAgentKeys;
import dev.mintlog.processor.ProcessorKeys;
import dev.mintlog.runtime.config.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is generated of the declared keys: run with {@code -Dmintlog.docs.write=true} to write it. */
class ConfigurationDocumentTest {
  private static final String DOCUMENT = "docs/configuration.md";

  @Test
  void shouldBeInStepWithTheDeclaredKeys() throws IOException {
    String document = document();
    if (Boolean.getBoolean("mintlog.docs.write")) {
      Files.writeString(Checkout.resolve(DOCUMENT), document);
    }

    assertThat(Checkout.read(DOCUMENT)).as(
        "%s is generated; write it anew with mvn -pl services/cli -am package -Dtest=ConfigurationDocumentTest"
            + " -Dmintlog.docs.write=true", DOCUMENT).isEqualTo(document);
  }

  private static String document() {
    return """
        # Configuration

        Generated of the keys that the services declare; a test compares.

        Settings come from a YAML file (`--config`, or the variable `MINTLOG_CONFIG`), then from variables, which win.
        `edge`, `processor`, `identity-agent` and the operator's commands take such a file; `up` needs none.
        In the file a dotted name may also be nested: `kafka.bootstrap-servers` or `bootstrap-servers` under `kafka`. A
        secret may be given as the path of a file that holds it: the name plus `-file`, the variable plus `_FILE`.
        Unknown, missing and invalid settings end a start with one line that names the setting and a value that would do.

        ## Edge

        %s
        ## Grant processor

        %s
        ## Identity agent

        %s
        ## Operator's commands

        `topics`, `registry`, `keys rotate`, `keys withdraw`, `audit`, `revoke` and `secret --seal` take one file between
        them, and each asks only for what it needs: all but `secret --seal` Kafka and the schema registry; `registry` and
        `keys` the key-encryption key; `audit`, `revoke` and `secret --seal` the channel secret; `revoke` the registry's
        public key.

        %s
        ## The launcher

        Read before any service starts, from the environment only.

        | variable | meaning |
        | --- | --- |
        %s""".formatted(EdgeKeys.ALL.toMarkdown(), ProcessorKeys.ALL.toMarkdown(), IdentityAgentKeys.ALL.toMarkdown(),
            OperatorSettings.KEYS.toMarkdown(), launcher());
  }

  private static String launcher() {
    StringBuilder rows = new StringBuilder();
    new TreeMap<>(ConfigKeys.LAUNCHER_VARIABLES)
        .forEach((variable, meaning) -> rows.append("| `" + variable + "` | " + meaning + " |\n"));
    return rows.toString();
  }
}
