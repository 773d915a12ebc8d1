package dev.mintlog.registry;

import dev.mintlog.registry.secret.ClientSecretHash;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A user.
 *
 * @param subject opaque; the {@code sub} of tokens
 * @param passwordHash Argon2id; empty where the user cannot sign in with a password
 * @param enabled a disabled user's authorizations are all revoked
 * @param claims further claims: JSON values
 * @param revokedBefore authorizations of this user born before are revoked
 */
public record RegisteredUser(
    String subject,
    String username,
    Optional<ClientSecretHash> passwordHash,
    boolean enabled,
    Map<String, Object> claims,
    Optional<Instant> revokedBefore) {

  public RegisteredUser {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  @Override
  public String toString() {
    return "RegisteredUser[" + subject + "]";
  }
}
