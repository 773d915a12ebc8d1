package dev.mintlog.processor.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The scripts; each does one thing on one key. */
enum Script {
  COMMIT("commit.lua"),
  RESTORE("restore.lua"),
  SWAP("swap.lua");

  private final byte[] text;
  private final String sha1;

  Script(String resource) {
    try (InputStream in = Script.class.getResourceAsStream(resource)) {
      text = in.readAllBytes();
      sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  byte[] text() {
    return text.clone();
  }

  /** The name Redis knows it by. */
  String sha1() {
    return sha1;
  }
}
