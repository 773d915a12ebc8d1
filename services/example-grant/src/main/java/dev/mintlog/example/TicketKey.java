package dev.mintlog.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The key that tickets are printed with, in a file that the system property {@value #PROPERTY} names: hex, as
 * {@code openssl rand -hex 32} writes it.
 */
final class TicketKey {
  static final String PROPERTY = "example-grant.key-file";
  static final int BYTES_MIN = 32;

  private TicketKey() {}

  /**
   * Read for each request, so that a new key needs no restart.
   *
   * @throws IOException where there is no key; the client hears 503, the operator reads the exception's class in the log
   */
  static byte[] read() throws IOException {
    String file = System.getProperty(PROPERTY);
    if (file == null) {
      throw new IOException("expected the system property " + PROPERTY + ", but found none");
    }
    byte[] key = HexFormat.of().parseHex(Files.readString(Path.of(file)).strip());
    if (key.length < BYTES_MIN) {
      throw new IOException("expected a key of " + BYTES_MIN + " bytes or more, but found " + key.length);
    }
    return key;
  }
}
