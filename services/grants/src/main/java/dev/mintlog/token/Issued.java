package dev.mintlog.token;

import dev.mintlog.answer.GrantTerms;
import java.util.Optional;

/** Signed tokens with the terms they were issued on. Never printed, never stored unsealed. */
public record Issued(String accessToken, Optional<String> idToken, GrantTerms terms) {
  @Override
  public String toString() {
    return "Issued[jti " + terms.jti() + "]";
  }
}
