package dev.mintlog.cli;

import dev.mintlog.channel.log.Admins;
import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.LogLayout;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.connections.Connections;
import dev.mintlog.registry.RegistryView;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.apply.ApplyOptions;
import dev.mintlog.registry.apply.LifetimeCheck;
import dev.mintlog.registry.apply.RegistryApply;
import dev.mintlog.registry.apply.RegistryExport;
import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.document.text.InvalidRegistryException;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.config.Unreadable;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mintlog registry}: tenants, clients, API resources and users from and to YAML. */
@Command(name = "registry", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "apply|export",
    description = "Publishes what is registered, or prints it.",
    footer = {"", "Example: mintlog registry apply -f registry.yaml --config mintlog.yaml",
        "Example: mintlog registry export --config mintlog.yaml > registry.yaml"})
final class RegistryCommand implements Callable<Integer> {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "expected what to do: apply or export");
  }

  @Command(name = "apply", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Publishes the difference between a file and what is registered, in one transaction. What the file "
          + "does not name is removed; signing keys are made where they are missing and otherwise kept."},
      footer = {"", "Example: mintlog registry apply -f registry.yaml --public-url https://id.example"})
  int apply(
      @Option(names = {"-f", "--file"}, paramLabel = "F", required = true, description = "The YAML file.") Path file,
      @Option(names = "--public-url", paramLabel = "URL",
          description = "What issuers are made of where the file names none.") String publicUrl,
      @Option(names = "--rewrite", description = "Publish every entry again: repairs a damaged topic, and signs and seals "
          + "all with the current key.") boolean rewrite,
      @Mixin OperatorSettings operator) throws IOException {
    RegistryDocument document = parsed(file);
    Settings settings = operator.load(OperatorSettings.LOG_AND_KEY_ENCRYPTION);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-registry-apply");
    SecretRing keys = Connections.keyEncryptionKeys(settings);
    try (RecordCodec codec = Connections.codec(settings); Admin admin = Admins.open(kafka)) {
      codec.prepare(WireSchemas.of(Topics.REGISTRY), CONNECT_MAX);
      ApplyOptions options = ApplyOptions.of(Optional.ofNullable(publicUrl), LogLayout.partitions(admin));
      if (LifetimeCheck.isBeyondTheUsual(document)) {
        options = options.withAuthorizationsKept(LogLayout.authorizationsKept(admin));
      }
      AppliedRevision applied = new RegistryApply(kafka, codec, keys, Clock.systemUTC(), new SecureRandom())
          .apply(document, rewrite ? options.withRewrite() : options);
      print(applied);
    }
    return ExitCodes.DONE;
  }

  @Command(name = "export", mixinStandardHelpOptions = true,
      description = "Prints what is registered as YAML that can be applied again: secrets as hashes, private keys not.",
      footer = {"", "Example: mintlog registry export --config mintlog.yaml > registry.yaml"})
  int export(@Mixin OperatorSettings operator) throws IOException {
    Settings settings = operator.load(OperatorSettings.LOG_AND_KEY_ENCRYPTION);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-registry-export");
    SecretRing keys = Connections.keyEncryptionKeys(settings);
    List<String> publicKeys = keys.all().stream().map(RegistryKeys::publicKeyText).toList();
    try (RecordCodec codec = Connections.codec(settings)) {
      codec.prepare(WireSchemas.of(Topics.REGISTRY), CONNECT_MAX);
      try (RegistryView view = RegistryView.open(kafka, codec, publicKeys, CONNECT_MAX)) {
        spec.commandLine().getOut().print(RegistryExport.yaml(view.current()));
        spec.commandLine().getOut().flush();
      }
    }
    return ExitCodes.DONE;
  }

  private void print(AppliedRevision applied) {
    PrintWriter out = spec.commandLine().getOut();
    applied.changes().forEach(change -> out.println("  " + change));
    out.println(applied.changes().isEmpty()
        ? "nothing differed; revision " + applied.revision() + " stays" : "published revision " + applied.revision());
  }

  private static RegistryDocument parsed(Path file) {
    try {
      return RegistryDocument.parse(Files.readString(file));
    } catch (InvalidRegistryException e) {
      throw new InvalidRegistryException(e.problems().stream().map(problem -> file + ": " + problem).toList());
    } catch (IOException e) {
      throw new StartException("--file is " + file + ", but " + Unreadable.reason(file) + "; name a readable YAML file", e);
    }
  }
}
