package dev.mintlog.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The desk of the example grant: prints tickets as docs/extension-grants.md says, with a key of this run. */
final class PrintedTickets {
  static final String GRANT_TYPE = "urn:example:grant-type:ticket";

  private static final byte[] KEY = key();

  private PrintedTickets() {}

  static String print(String client, String subject, Instant expiresAt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
      byte[] content =
          ("default\n" + client + "\n" + subject + "\n" + expiresAt.getEpochSecond()).getBytes(StandardCharsets.UTF_8);
      return subject + ":" + expiresAt.getEpochSecond() + ":" + HexFormat.of().formatHex(mac.doFinal(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      Path file = Files.createTempFile("ticket", ".key");
      file.toFile().deleteOnExit();
      Files.writeString(file, HexFormat.of().formatHex(key));
      System.setProperty("example-grant.key-file", file.toString());
      return key;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
