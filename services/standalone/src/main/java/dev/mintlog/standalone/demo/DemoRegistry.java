package dev.mintlog.standalone.demo;

import dev.mintlog.registry.document.RegistryDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The document that {@code up} applies at every start. */
final class DemoRegistry {
  private DemoRegistry() {}

  static RegistryDocument document(DemoCredentials credentials) {
    String yaml = template();
    for (Map.Entry<String, String> hash : credentials.hashes().entrySet()) {
      yaml = yaml.replace("{{" + hash.getKey() + "}}", hash.getValue());
    }
    return RegistryDocument.parse(yaml.replace("{{bench-jwks}}", credentials.assertionJwks()));
  }

  private static String template() {
    try (InputStream in = DemoRegistry.class.getResourceAsStream("registry.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
