package dev.mintlog.identity;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The identities assigned to this host. Their secrets are read when they are needed: a replaced file counts at once. */
final class Identities {
  static final int SECRET_BYTES_MAX = 1_024;

  private static final String SUFFIX = ".secret";
  // Of a file's name, whatever a request says: no separators, and not hidden.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private final Path directory;
  private final Optional<String> usual;

  private Identities(Path directory, Optional<String> usual) {
    this.directory = directory;
    this.usual = usual;
  }

  /**
   * @param usual the identity for requests that name none, as configured
   * @throws ConfigException one line, where there is no identity, or the usual one is not among them
   */
  static Identities in(Path directory, Optional<String> usual) {
    TreeSet<String> found = names(directory);
    if (found.isEmpty()) {
      throw new ConfigException(IdentityAgentKeys.DIRECTORY + " is " + directory + ", but it holds no file such as"
          + " CLIENT_ID" + SUFFIX + "; put the client_secret of each identity there");
    }
    usual.filter(name -> !found.contains(name)).ifPresent(name -> {
      throw new ConfigException(IdentityAgentKeys.DEFAULT + " is " + name + ", but " + directory + " has no " + name
          + SUFFIX + "; expected one of " + String.join(", ", found));
    });
    return new Identities(directory, usual.or(() -> found.size() == 1 ? Optional.of(found.first()) : Optional.empty()));
  }

  private static TreeSet<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      TreeSet<String> names = new TreeSet<>();
      files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .filter(name -> NAME.matcher(name).matches()).forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new ConfigException(IdentityAgentKeys.DIRECTORY + " is " + directory + ", but "
          + (Files.isDirectory(directory) ? "it may not be read" : "there is no such directory")
          + "; name a readable directory");
    }
  }

  /** The identity that a request is for: the one it names, else the usual one. */
  Optional<String> named(Optional<String> asked) {
    return asked.or(() -> usual).filter(name -> NAME.matcher(name).matches());
  }

  /** The credential of an identity; empty where this host does not have it. */
  Optional<Secret> secret(String identity) {
    Path file = directory.resolve(identity + SUFFIX);
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > SECRET_BYTES_MAX) {
        return Optional.empty();
      }
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
          .filter(text -> !text.isEmpty()).map(Secret::new);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
