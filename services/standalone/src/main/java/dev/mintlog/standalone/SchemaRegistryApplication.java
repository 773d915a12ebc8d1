package dev.mintlog.standalone;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the build unpacked the schema registry: below the directory that the system property
 * {@code mintlog.schema-registry.home} names, else in this build's own output, found upward from our classes.
 */
final class SchemaRegistryApplication {
  private static final String HOME = "mintlog.schema-registry.home";
  private static final Path IN_BUILD = Path.of("services", "standalone", "target", "schema-registry");

  private SchemaRegistryApplication() {}

  /** @throws StartException if it is not there */
  static Path find() {
    Optional<Path> home = Optional.ofNullable(System.getProperty(HOME)).map(Path::of)
        .or(SchemaRegistryApplication::inBuild);
    return home.flatMap(SchemaRegistryApplication::jar).orElseThrow(() -> new StartException(
        "The schema registry was expected " + home.map(dir -> "in " + dir).orElse("above " + ownPlace())
            + ", but is not there; build Mintlog, or name its directory with -D" + HOME));
  }

  private static Optional<Path> inBuild() {
    return Stream.iterate(ownPlace(), above -> above != null, Path::getParent)
        .map(above -> above.resolve(IN_BUILD)).filter(Files::isDirectory).findFirst();
  }

  private static Optional<Path> jar(Path dir) {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.getFileName().toString().endsWith("-runner.jar")).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path ownPlace() {
    try {
      return Path.of(SchemaRegistryApplication.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
