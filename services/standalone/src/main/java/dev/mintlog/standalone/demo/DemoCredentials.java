package dev.mintlog.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.secret.GeneratedSecret;
import dev.mintlog.registry.secret.SecretGenerator;
import dev.mintlog.runtime.lifecycle.StartException;
import dev.mintlog.standalone.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets of the demo clients, the key of those that are measured and the demo user's password, made on the first start and
 * kept in {@code demo.json} for whoever tries them.
 */
final class DemoCredentials {
  static final String USER = "alice";
  private static final List<String> CLIENTS =
      List.of("demo-service", "demo-web", "demo-bank", "demo-login", "bench-rs256", "bench-es256");
  private static final String ASSERTION_KEY = "assertionKey";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Map<String, Kept> kept;
  private Optional<DemoAssertionKey> assertionKey;

  private DemoCredentials(Path file, JsonNode root) {
    this.file = file;
    this.kept = read(root);
    this.assertionKey = Optional.of(root.path(ASSERTION_KEY)).filter(JsonNode::isTextual)
        .map(text -> new DemoAssertionKey(text.asText()));
  }

  /** A secret with the hash that is registered of it; the hash is kept, because a salted one differs each time. */
  private record Kept(String secret, String hash) {
    @Override
    public String toString() {
      return "Kept[…]";
    }
  }

  static DemoCredentials in(StateDirectory state) {
    Path file = state.resolve("demo.json");
    try {
      DemoCredentials credentials = new DemoCredentials(file,
          Files.exists(file) ? JSON.readTree(Files.readString(file)) : JSON.createObjectNode());
      credentials.complete();
      return credentials;
    } catch (IOException e) {
      throw new StartException("Expected the demo clients' secrets in " + file + ", but found: " + e.getMessage()
          + "; remove the file to have new ones made", e);
    }
  }

  /** The client ids and the username by which the registry's template asks for hashes. */
  Map<String, String> hashes() {
    Map<String, String> hashes = new LinkedHashMap<>();
    kept.forEach((name, secret) -> hashes.put(name, secret.hash()));
    return hashes;
  }

  /** The public half of the key that the clients of {@code mintlog bench} sign assertions with, as a JWK set. */
  String assertionJwks() {
    return assertionKey.orElseThrow().jwks();
  }

  String secret(String client) {
    return kept.get(client).secret();
  }

  Path file() {
    return file;
  }

  private void complete() throws IOException {
    int before = kept.size();
    boolean hadKey = assertionKey.isPresent();
    assertionKey = assertionKey.or(() -> Optional.of(DemoAssertionKey.random()));
    SecretGenerator generator = new SecretGenerator(new SecureRandom());
    for (String client : CLIENTS) {
      kept.computeIfAbsent(client, id -> {
        GeneratedSecret made = generator.generate();
        return new Kept(made.secret(), made.hash().text());
      });
    }
    kept.computeIfAbsent(USER, name -> {
      String password = generator.generate().secret().substring(0, 12);
      return new Kept(password, generator.hashOf(password).text());
    });
    if (kept.size() > before || !hadKey) {
      write();
    }
  }

  private void write() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    CLIENTS.forEach(id -> root.withArray("clients").addObject()
        .put("id", id).put("secret", kept.get(id).secret()).put("hash", kept.get(id).hash()));
    root.withArray("users").addObject()
        .put("username", USER).put("password", kept.get(USER).secret()).put("hash", kept.get(USER).hash());
    root.put(ASSERTION_KEY, assertionKey.orElseThrow().pkcs8());
    Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
  }

  private static Map<String, Kept> read(JsonNode root) {
    Map<String, Kept> kept = new LinkedHashMap<>();
    for (JsonNode client : root.path("clients")) {
      kept.put(client.path("id").asText(), new Kept(client.path("secret").asText(), client.path("hash").asText()));
    }
    for (JsonNode user : root.path("users")) {
      kept.put(user.path("username").asText(), new Kept(user.path("password").asText(), user.path("hash").asText()));
    }
    return kept;
  }

  @Override
  public String toString() {
    return "DemoCredentials" + kept.keySet();
  }
}
