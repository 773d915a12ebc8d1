package dev.mintlog.registry.secret;

/**
 * A new secret with its hash. The secret is shown once, to who asked for it.
 *
 * @param secret 43 characters of base64url
 */
public record GeneratedSecret(String secret, ClientSecretHash hash) {
  @Override
  public String toString() {
    return "GeneratedSecret[…]";
  }
}
