package dev.mintlog.cli;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.registry.key.RegistryKeys;
import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mintlog keys}: the two secrets of a deployment, and the public key that follows from one of them. */
@Command(name = "keys", mixinStandardHelpOptions = true, sortOptions = false,
    description = {"Makes the channel secret and the key-encryption key of a deployment, each in a file that only you can "
        + "read, and prints the registry's public key, which every service is given as registry.public-key."},
    footer = {"", "Example: mintlog keys --directory deploy/secrets"})
final class KeysCommand implements Callable<Integer> {
  @Option(names = "--directory", paramLabel = "D", required = true,
      description = "Where the files channel-secret and key-encryption-key are written; existing ones are kept.")
  private Path directory;

  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
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

  private static void write(Path file, RootSecret secret) throws IOException {
    Files.writeString(file, secret.text() + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE_NEW);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }
}
