package dev.mintlog.registry.secret;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes client secrets, and hashes of secrets that exist: what {@code mintlog secret} prints. */
public final class SecretGenerator {
  private static final int SECRET_BYTES = 32;

  private final SecureRandom random;

  public SecretGenerator(SecureRandom random) {
    this.random = random;
  }

  /** A secret of 256 random bits with the hash to register. */
  public GeneratedSecret generate() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new GeneratedSecret(secret, ClientSecretHash.Sha256.of(secret));
  }

  /** Hash of a secret or password that somebody chose: Argon2id, 19 MiB, 2 passes, 1 lane; takes tens of milliseconds. */
  public ClientSecretHash hashOf(String chosen) {
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("expected a secret, found nothing");
    }
    return ClientSecretHash.Argon2id.of(chosen);
  }
}
