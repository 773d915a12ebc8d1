package dev.mintlog.standalone.tls;

import dev.mintlog.runtime.lifecycle.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/**
 * The files of TLS on loopback, in one directory: an authority that is made once, and a certificate for
 * {@code localhost}, {@code 127.0.0.1} and {@code ::1} that is made anew before it ends.
 *
 * @param authority what clients trust, in PEM
 * @param certificate what is served, in PEM
 * @param privateKey its key: PKCS#8 in PEM, readable by its owner alone
 */
public record LocalTls(Path authority, Path certificate, Path privateKey) {
  /** What is closer to its end than this is made anew at a start. */
  static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);

  /**
   * What is kept in the directory; made where it is missing or ends soon.
   *
   * @param now the time that validity is judged by and counted from
   * @throws StartException if the files cannot be read or written, or are not what was made here
   */
  public static LocalTls in(Path dir, Instant now) {
    try {
      Files.createDirectories(dir);
      LocalTls files = new LocalTls(dir.resolve("ca.crt"), dir.resolve("server.crt"), dir.resolve("server.key"));
      KeyedCertificate authority = new LocalAuthority(files.authority(), dir.resolve("ca.key")).keptOrMade(now);
      new LoopbackCertificate(files.certificate(), files.privateKey()).keptOrIssued(authority, now);
      return files;
    } catch (IOException | GeneralSecurityException e) {
      throw new StartException("Expected the certificates of this machine in " + dir + ", but they cannot be used ("
          + e.getMessage() + "); restore the directory, or remove it to have new ones made, which clients then have to"
          + " trust", e);
    }
  }
}
