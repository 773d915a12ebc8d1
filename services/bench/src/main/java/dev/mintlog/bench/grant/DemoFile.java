package dev.mintlog.bench.grant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mintlog.bench.script.BenchException;
import dev.mintlog.bench.script.PreparedRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * What a demo system was seeded with, from the file it keeps: {@code {"clients":[{"id":…,"secret":…}],
 * "users":[{"username":…,"password":…}],"assertionKey":"…"}}.
 */
public final class DemoFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  public DemoFile(Path file) {
    this.file = file;
  }

  /** A client of its file. It prints no secret. */
  public record DemoClient(String id, String secret) {

    /** Its Authorization header. */
    public String basic() {
      return PreparedRequest.basic(id, secret);
    }

    @Override
    public String toString() {
      return "DemoClient[" + id + "]";
    }
  }

  /** A user of its file. It prints no password. */
  public record DemoUser(String username, String password) {

    @Override
    public String toString() {
      return "DemoUser[" + username + "]";
    }
  }

  /** @throws BenchException if the file or the client in it is missing */
  public DemoClient client(String clientId) {
    for (JsonNode client : read().path("clients")) {
      if (clientId.equals(client.path("id").asText()) && client.path("secret").isTextual()) {
        return new DemoClient(clientId, client.get("secret").asText());
      }
    }
    throw new BenchException("client " + clientId + " is not in " + file + ": name one that is with --client");
  }

  /** @throws BenchException if the file is missing or has no user */
  public DemoUser user() {
    JsonNode user = read().path("users").path(0);
    if (!user.path("username").isTextual() || !user.path("password").isTextual()) {
      throw new BenchException("no user with a password is in " + file + ": start ./mintlog up, or say where with --dir");
    }
    return new DemoUser(user.get("username").asText(), user.get("password").asText());
  }

  /**
   * The RSA key that the clients under load sign assertions with: PKCS#8 in base64.
   *
   * @throws BenchException if the file is missing or has none
   */
  public PrivateKey assertionKey() {
    try {
      byte[] pkcs8 = Base64.getDecoder().decode(read().path("assertionKey").asText());
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException notThere) {
      throw new BenchException("no assertionKey is in " + file
          + ": start ./mintlog up, or say where with --dir");
    }
  }

  private JsonNode read() {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException missing) {
      throw new BenchException("cannot read the demo clients in " + file + ": start ./mintlog up, or say where with --dir");
    }
  }
}
