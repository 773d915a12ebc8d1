package dev.mintlog.cli;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.connections.Connections;
import dev.mintlog.connections.ConnectionKeys;
import dev.mintlog.runtime.config.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mintlog topics}: the log's layout. */
@Command(name = "topics", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "create",
    description = "Creates the topics and registers the schemas of a deployment.",
    footer = {"", "Example: mintlog topics create --partitions 12 --config mintlog.yaml"})
final class TopicsCommand implements Callable<Integer> {
  private static final Duration SCHEMAS_MAX = Duration.ofSeconds(60);

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "expected what to do: create");
  }

  @Command(name = "create", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Creates the topics that are missing and registers their schemas. The number of partitions is fixed "
          + "from then on: authorizations are told apart by it."},
      footer = {"", "Example: mintlog topics create --partitions 12 --config mintlog.yaml"})
  int create(
      @Option(names = "--partitions", paramLabel = "N", defaultValue = "12",
          description = "Partitions of token-commands (default: ${DEFAULT-VALUE}): the most processors that can share "
              + "the work.") int partitions,
      @Mixin OperatorSettings operator) throws IOException {
    if (partitions < 1 || partitions > LogLayout.PARTITIONS_MAX) {
      throw new ParameterException(spec.commandLine(), "--partitions is " + partitions
          + ", but expected a number from 1 to " + LogLayout.PARTITIONS_MAX);
    }
    Settings settings = operator.load(OperatorSettings.LOG);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-topics");
    try (Admin admin = Admins.open(kafka)) {
      Set<String> created = LogLayout.create(admin, kafka, partitions);
      spec.commandLine().getOut().println(created.isEmpty()
          ? "every topic was there already" : "created " + String.join(", ", new TreeSet<>(created)));
    }
    try (RecordCodec codec = new RecordCodec(Connections.schemaRegistry(settings).registering())) {
      codec.prepare(WireSchemas.byTopic(), SCHEMAS_MAX);
    }
    spec.commandLine().getOut().println("registered the schemas");
    return ExitCodes.DONE;
  }
}
