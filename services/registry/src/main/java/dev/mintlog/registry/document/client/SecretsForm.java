package dev.mintlog.registry.document.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.client.RegisteredSecret;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.secret.ClientSecretHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Hashes of secrets as they are written. */
public final class SecretsForm {
  private SecretsForm() {}

  /** The {@code secrets} of a client or an API resource. */
  public static List<RegisteredSecret> read(Fields fields) {
    List<RegisteredSecret> secrets = new ArrayList<>();
    for (Fields secret : fields.objects("secrets")) {
      Optional<ClientSecretHash> hash = hash(secret, "hash", secret.text("hash"));
      RegisteredSecret read = hash.isEmpty() ? null
          : new RegisteredSecret(hash.get(), secret.optionalInstant("expiresAt"), secret.optionalText("description"));
      if (read != null) {
        secrets.add(read);
        secret.end();
      }
    }
    return secrets;
  }

  public static void write(ObjectNode node, List<RegisteredSecret> secrets) {
    ArrayNode array = node.putArray("secrets");
    secrets.forEach(secret -> write(array.addObject(), secret));
  }

  private static void write(ObjectNode node, RegisteredSecret secret) {
    node.put("hash", secret.hash().text());
    secret.expiresAt().ifPresent(time -> node.put("expiresAt", time.toString()));
    secret.description().ifPresent(text -> node.put("description", text));
  }

  /** Reads a hash; where the operator wrote a secret in its place the problem does not repeat it. */
  public static Optional<ClientSecretHash> hash(Fields fields, String key, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(ClientSecretHash.parse(text));
    } catch (IllegalArgumentException e) {
      fields.problem(key, e.getMessage());
      return Optional.empty();
    }
  }
}
