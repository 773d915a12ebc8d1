package dev.mintlog.registry.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mintlog.registry.document.client.SecretsForm;
import dev.mintlog.registry.document.text.CanonicalJson;
import dev.mintlog.registry.document.text.Fields;
import dev.mintlog.registry.document.text.Names;
import dev.mintlog.registry.secret.ClientSecretHash;
import dev.mintlog.registry.tenant.RegisteredUser;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A user as it is written. */
public final class UserForm {
  private UserForm() {}

  static RegisteredUser read(Fields fields) {
    String subject = fields.text("subject");
    Names.checkVisible(fields, "subject", subject);
    String username = fields.text("username");
    Optional<ClientSecretHash> passwordHash = fields.optionalText("passwordHash")
        .flatMap(text -> SecretsForm.hash(fields, "passwordHash", text));
    // A fast hash of what a person chose is as good as the password itself to who sees it.
    if (passwordHash.isPresent() && !passwordHash.get().isSlow()) {
      fields.problem("passwordHash", "expected $argon2id$…; sha256: is for generated secrets");
    }
    Optional<ClientSecretHash> userCodeHash = fields.optionalText("userCodeHash")
        .flatMap(text -> SecretsForm.hash(fields, "userCodeHash", text));
    if (userCodeHash.isPresent() && !userCodeHash.get().isSlow()) {
      fields.problem("userCodeHash", "expected $argon2id$…; sha256: is for generated secrets");
    }
    boolean enabled = fields.flag("enabled", true);
    Map<String, Object> claims = fields.values("claims");
    Optional<Instant> revokedBefore = fields.optionalInstant("revokedBefore");
    fields.end();
    return new RegisteredUser(subject, username, passwordHash, enabled, claims, revokedBefore, userCodeHash);
  }

  static ObjectNode write(RegisteredUser user) {
    ObjectNode node = CanonicalJson.object();
    node.put("subject", user.subject());
    node.put("username", user.username());
    node.put("enabled", user.enabled());
    user.passwordHash().ifPresent(hash -> node.put("passwordHash", hash.text()));
    user.userCodeHash().ifPresent(hash -> node.put("userCodeHash", hash.text()));
    user.revokedBefore().ifPresent(time -> node.put("revokedBefore", time.toString()));
    if (!user.claims().isEmpty()) {
      node.set("claims", CanonicalJson.tree(user.claims()));
    }
    return node;
  }
}
