package dev.mintlog.runtime.config;

import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file that was named cannot be read, in words for whoever named it. */
public final class Unreadable {
  private Unreadable() {}

  /** For the middle of a sentence. */
  public static String reason(Path file) {
    if (Files.notExists(file)) {
      return "there is no such file";
    }
    if (Files.isDirectory(file)) {
      return "that is a directory";
    }
    return Files.isReadable(file) ? "it cannot be read as UTF-8 text" : "it may not be read";
  }
}
