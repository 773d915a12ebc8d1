package dev.mintlog.token;

import dev.mintlog.answer.GrantTerms;
import java.util.Optional;

/**
 * Signed tokens with the terms they were issued on. Never printed, never stored unsealed.
 *
 * @param accessToken empty where it is a handle, which the edge writes
 */
public record Issued(Optional<String> accessToken, Optional<String> idToken, GrantTerms terms) {
  @Override
  public String toString() {
    return "Issued[jti " + terms.jti() + "]";
  }
}
