package dev.mintlog.registry.tenant;

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
 * @param userCodeHash Argon2id of what the user tells clients before these may ask for them, OpenID CIBA Core §7.1
 *     {@code user_code}; empty where clients need none
 */
public record RegisteredUser(
    String subject,
    String username,
    Optional<ClientSecretHash> passwordHash,
    boolean enabled,
    Map<String, Object> claims,
    Optional<Instant> revokedBefore,
    Optional<ClientSecretHash> userCodeHash) {

  public RegisteredUser {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** A user whom clients need no code for. */
  public RegisteredUser(String subject, String username, Optional<ClientSecretHash> passwordHash, boolean enabled,
      Map<String, Object> claims, Optional<Instant> revokedBefore) {
    this(subject, username, passwordHash, enabled, claims, revokedBefore, Optional.empty());
  }

  @Override
  public String toString() {
    return "RegisteredUser[" + subject + "]";
  }
}
