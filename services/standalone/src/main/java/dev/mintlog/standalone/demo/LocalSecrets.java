package dev.mintlog.standalone.demo;

import dev.mintlog.channel.secret.RootSecret;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.standalone.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The channel secret and the key-encryption key of one embedded Mintlog, made on its first start. */
record LocalSecrets(RootSecret channel, RootSecret keyEncryption) {
  static final String CHANNEL_FILE = "channel-secret";
  static final String KEY_ENCRYPTION_FILE = "key-encryption-key";

  static LocalSecrets in(StateDirectory state) {
    return new LocalSecrets(keptOrMade(state.resolve(CHANNEL_FILE)),
        keptOrMade(state.resolve(KEY_ENCRYPTION_FILE)));
  }

  // The state directory is its owner's alone; who can read it has everything anyway.
  private static RootSecret keptOrMade(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, RootSecret.random(new SecureRandom()).text() + "\n", StandardCharsets.US_ASCII);
      }
      return RootSecret.parse(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (IOException | IllegalArgumentException e) {
      throw new StartException("Expected a secret in " + file + ", but it cannot be used (" + e.getMessage()
          + "); restore it, or begin anew with another --dir", e);
    }
  }
}
