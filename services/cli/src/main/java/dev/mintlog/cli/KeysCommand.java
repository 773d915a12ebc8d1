package dev.mintlog.cli;

import dev.mintlog.channel.log.KafkaSettings;
import dev.mintlog.channel.log.RecordCodec;
import dev.mintlog.channel.log.WireSchemas;
import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.channel.secret.SecretRing;
import dev.mintlog.client.SigningAlgorithm;
import dev.mintlog.connections.Connections;
import dev.mintlog.registry.apply.AppliedRevision;
import dev.mintlog.registry.apply.KeyRotation;
import dev.mintlog.registry.apply.KeyWithdrawal;
import dev.mintlog.registry.signature.RegistryKeys;
import dev.mintlog.runtime.config.Settings;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.schema.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code mintlog keys}: the two secrets of a deployment and the keys that follow; {@code rotate} and
 * {@code withdraw}: tenants' signing keys.
 */
@Command(name = "keys", mixinStandardHelpOptions = true, sortOptions = false, synopsisSubcommandLabel = "[rotate | withdraw]",
    description = {"Makes the channel secret and the key-encryption key of a deployment, each in a file that only you can "
        + "read, and prints the registry's public key, which every service is given as registry.public-key."},
    footer = {"", "Example: mintlog keys --directory deploy/secrets",
        "Example: mintlog keys rotate --config mintlog.yaml",
        "Example: mintlog keys withdraw 3Hn0b7dT9hJm2bq5oY1xNQ --config mintlog.yaml"})
final class KeysCommand implements Callable<Integer> {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

  @Option(names = "--directory", paramLabel = "D",
      description = "Where the files channel-secret and key-encryption-key are written; existing ones are kept.")
  private Path directory;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    if (directory == null) {
      throw new ParameterException(spec.commandLine(),
          "Missing required option: '--directory=D', where to write secrets; or one of the commands rotate and withdraw");
    }
    try {
      Files.createDirectories(directory);
      RootSecret channel = RootSecret.random(new SecureRandom());
      RootSecret keyEncryption = RootSecret.random(new SecureRandom());
      write(directory.resolve("channel-secret"), channel);
      write(directory.resolve("key-encryption-key"), keyEncryption);
      spec.commandLine().getOut().println("registry.public-key: " + RegistryKeys.publicKeyText(keyEncryption));
      return ExitCodes.DONE;
    } catch (FileAlreadyExistsException e) {
      throw new StartException(e.getFile() + " exists, and a secret in use is never overwritten; choose another "
          + "--directory, or move it away", e);
    } catch (IOException e) {
      throw new StartException("Expected to write secrets to " + directory + ", but found: " + e
          + "; choose another --directory", e);
    }
  }

  @Command(name = "rotate", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Announces the next signing keys now, without waiting for their time. They sign once every verifier "
          + "has had time to read them (announceFor of the tenant), and the present ones stay in the JWKS as long as a token "
          + "of theirs lives."},
      footer = {"", "Example: mintlog keys rotate --tenant default --algorithm RS256 --config mintlog.yaml"})
  int rotate(
      @Option(names = "--tenant", paramLabel = "T", description = "Whose keys; those of all tenants unless given.")
      String tenant,
      @Option(names = "--algorithm", paramLabel = "A", description = "RS256, PS256, ES256 or EdDSA; all unless given.")
      String algorithm,
      @Mixin OperatorSettings operator) throws IOException {
    Set<SigningAlgorithm> algorithms = algorithm == null ? EnumSet.allOf(SigningAlgorithm.class)
        : EnumSet.of(SigningAlgorithm.ofJws(algorithm).orElseThrow(() -> new ParameterException(spec.commandLine(),
            "--algorithm: expected RS256, PS256, ES256 or EdDSA, but found '" + algorithm + "'")));
    Settings settings = operator.load(OperatorSettings.LOG_AND_KEY_ENCRYPTION);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-keys-rotate");
    SecretRing keys = Connections.keyEncryptionKeys(settings);
    try (RecordCodec codec = Connections.codec(settings)) {
      codec.prepare(WireSchemas.of(Topics.REGISTRY), CONNECT_MAX);
      AppliedRevision applied = new KeyRotation(kafka, codec, keys, Clock.systemUTC(), new SecureRandom())
          .rotateNow(Optional.ofNullable(tenant), algorithms);
      PrintWriter out = spec.commandLine().getOut();
      applied.changes().forEach(change -> out.println("  " + change));
      out.println(applied.changes().isEmpty()
          ? "the next keys are announced already; revision " + applied.revision() + " stays"
          : "published revision " + applied.revision());
    }
    return ExitCodes.DONE;
  }

  @Command(name = "withdraw", mixinStandardHelpOptions = true, sortOptions = false,
      description = {"Takes a signing key away at once, because somebody else has it. It leaves the JWKS and signs nothing "
          + "any more, introspection and userinfo find tokens that it signed inactive, and where it was in force a fresh key "
          + "signs without having been announced."},
      footer = {"", "Example: mintlog keys withdraw 3Hn0b7dT9hJm2bq5oY1xNQ --tenant default --config mintlog.yaml"})
  int withdraw(
      @Parameters(paramLabel = "KID", description = "The kid of the key, as in the JWKS and in its tokens.")
      String kid,
      @Option(names = "--tenant", paramLabel = "T", defaultValue = "default",
          description = "Whose key it is (default: ${DEFAULT-VALUE}).")
      String tenant,
      @Mixin OperatorSettings operator) throws IOException {
    Settings settings = operator.load(OperatorSettings.LOG_AND_KEY_ENCRYPTION);
    KafkaSettings kafka = Connections.kafka(settings, "mintlog-keys-withdraw");
    SecretRing keys = Connections.keyEncryptionKeys(settings);
    try (RecordCodec codec = Connections.codec(settings)) {
      codec.prepare(WireSchemas.of(Topics.REGISTRY), CONNECT_MAX);
      KeyWithdrawal.Withdrawn withdrawn =
          new KeyWithdrawal(kafka, codec, keys, Clock.systemUTC(), new SecureRandom()).withdraw(tenant, kid);
      PrintWriter out = spec.commandLine().getOut();
      withdrawn.applied().changes().forEach(change -> out.println("  " + change));
      out.println("published revision " + withdrawn.applied().revision());
      out.println(withdrawn.successor().map(successor -> successor + " signs from now on, unannounced")
          .orElse("it was not in force: the key that signs is the one that did"));
      out.println("Verifiers that keep the JWKS go by the one they have, for " + withdrawn.jwksMaxAge().toSeconds()
          + " s where they heed its max-age: until they fetch it again they accept tokens of the withdrawn key"
          + withdrawn.successor().map(successor -> ", and see an unknown kid in those of the fresh one").orElse("")
          + ". Have them fetch it now.");
    }
    return ExitCodes.DONE;
  }

  private static void write(Path file, RootSecret secret) throws IOException {
    // Born with its permissions: nobody else may open it in between.
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Files.createFile(file, posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0]);
    Files.writeString(file, secret.text() + "\n", StandardCharsets.US_ASCII);
  }
}
