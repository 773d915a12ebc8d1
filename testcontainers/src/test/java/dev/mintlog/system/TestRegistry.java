package dev.mintlog.system;

import dev.mintlog.registry.document.RegistryDocument;
import dev.mintlog.registry.secret.GeneratedSecret;
import dev.mintlog.registry.secret.SecretGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The registry of the tests, with secrets that only this run knows. */
final class TestRegistry {
  private static final Pattern HASH_OF = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

  // What form-encoding changes, and what looks as if it were encoded already.
  private static final String ODD = "+%2B:/ &=ü";

  private final Map<String, String> secrets = new LinkedHashMap<>();
  private final RegistryDocument document;

  TestRegistry() {
    SecretGenerator generator = new SecretGenerator(new SecureRandom());
    document = RegistryDocument.parse(HASH_OF.matcher(template()).replaceAll(found -> {
      String client = found.group(1);
      GeneratedSecret made = generator.generate();
      String secret = client.startsWith("odd-") ? made.secret() + ODD : made.secret();
      secrets.put(client, secret);
      String hash = client.endsWith("-argon2") ? generator.hashOf(secret).text() : made.hash().text();
      return Matcher.quoteReplacement(hash);
    }));
  }

  RegistryDocument document() {
    return document;
  }

  DemoClient client(String id) {
    String secret = secrets.get(id);
    if (secret == null) {
      throw new AssertionError("no confidential client " + id + " is registered");
    }
    return new DemoClient(id, secret);
  }

  /** The password of a user whose hash is made for the run. */
  String password(String username) {
    return client("user-" + username + "-argon2").secret();
  }

  /** A client of another tenant than the default one. */
  DemoClient client(String tenant, String id) {
    return new DemoClient(id, client(tenant + "-" + id).secret());
  }

  Map<String, String> secrets() {
    return secrets;
  }

  private static String template() {
    try (InputStream in = TestRegistry.class.getResourceAsStream("registry.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
