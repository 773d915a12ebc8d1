package dev.mintlog.bench.grant;

import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.Target;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** Where the login API is served: where the option says, or on the port that a running system remembers. */
public final class LoginAddress {

  static final String OPTION = "--login-url";

  private LoginAddress() {
  }

  /** @throws BenchException if neither says it */
  public static Target find(Optional<URI> url, Path directory) {
    return Target.of(OPTION, url.orElseGet(() -> URI.create("http://127.0.0.1:" + rememberedPort(directory))));
  }

  private static String rememberedPort(Path directory) {
    Path file = directory.resolve("ports.properties");
    Properties ports = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      ports.load(reader);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new BenchException("cannot read the login API's port in " + file + ": start ./mintlog up, say where with --dir, "
          + "or name the API with " + OPTION);
    }
    String port = ports.getProperty("login", "");
    if (!port.matches("\\d{1,5}")) {
      throw new BenchException("expected the login API's port as login=PORT in " + file + ", but found '" + port
          + "': start ./mintlog up, or name the API with " + OPTION);
    }
    return port;
  }
}
