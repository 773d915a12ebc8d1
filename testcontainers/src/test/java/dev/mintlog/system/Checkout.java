package dev.mintlog.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository that the tests run in. */
final class Checkout {
  private static final Path ROOT = root();

  private Checkout() {}

  static Path resolve(String path) {
    return ROOT.resolve(path);
  }

  static String read(String path) {
    try {
      return Files.readString(resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.exists(dir.resolve("mintlog"))) {
      dir = dir.getParent();
    }
    return dir;
  }
}
