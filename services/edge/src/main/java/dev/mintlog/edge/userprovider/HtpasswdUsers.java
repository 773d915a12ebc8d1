package dev.mintlog.edge.userprovider;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.auth.htpasswd.HtpasswdAuth;
import io.vertx.ext.auth.htpasswd.HtpasswdAuthOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Users of an htpasswd file, read once. */
final class HtpasswdUsers implements AuthenticationProviderFactory {
  private static final String FILE = "htpasswdFile";

  /** What Vert.x can verify, but for DES crypt, which looks at eight characters. */
  private static final List<String> HASHES = List.of("$apr1$", "{SHA}", "$pbkdf2$", "$sha512$");

  @Override
  public String type() {
    return "htpasswd";
  }

  @Override
  public AuthenticationProvider create(Vertx vertx, JsonObject options) {
    ProviderOptions.requireKnown(options, Set.of(FILE));
    String file = ProviderOptions.text(options, FILE);
    requireVerifiable(file);
    return HtpasswdAuth.create(vertx,
        new HtpasswdAuthOptions().setHtpasswdFile(Path.of(file).toAbsolutePath().toString()));
  }

  // Or users whose hash nobody can verify would find out one by one.
  private static void requireVerifiable(String file) {
    List<String> lines = lines(file);
    IntStream.range(0, lines.size()).filter(i -> !isVerifiable(lines.get(i).trim())).findFirst().ifPresent(i -> {
      throw new IllegalArgumentException("expected name:hash with one of " + String.join(" ", HASHES) + " in line "
          + (i + 1) + " of " + file + ", found another kind of line; htpasswd -m makes $apr1$");
    });
  }

  private static boolean isVerifiable(String line) {
    int colon = line.indexOf(':');
    return line.isEmpty() || line.startsWith("#")
        || colon > 0 && HASHES.stream().anyMatch(line.substring(colon + 1)::startsWith);
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new IllegalArgumentException("expected a file that can be read as options." + FILE + ", found " + file);
    }
  }

  @Override
  public boolean distinguishesCase() {
    return true;
  }
}
