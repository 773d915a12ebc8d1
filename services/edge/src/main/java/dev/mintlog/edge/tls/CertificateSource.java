package dev.mintlog.edge.tls;

import dev.mintlog.runtime.config.ConfigException;
import dev.mintlog.runtime.config.ConfigKey;
import dev.mintlog.runtime.config.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that a certificate and its private key come from. */
interface CertificateSource {

  /** The files of now, whole: what is judged and what is served are the same bytes. */
  default List<byte[]> read() {
    return files().stream().map(file -> read(file.key(), file.path())).toList();
  }

  List<Named> files();

  /**
   * The certificate that the files hold.
   *
   * @param contents as {@link #read} gave them
   * @throws ConfigException one line that names the setting and the fix, where they hold none that can be served
   */
  ServedCertificate parse(List<byte[]> contents);

  /** A file and the setting that names it. */
  record Named(ConfigKey<Path> key, Path path) {
    ConfigException problem(String found, String fix) {
      return new ConfigException(key + " is " + path + ", but " + found + "; " + fix);
    }
  }

  private static byte[] read(ConfigKey<Path> key, Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new Named(key, path).problem(Unreadable.reason(path), "name a readable file");
    }
  }
}
